// Pages of a catalogue by an async generator, filtered and limited by others; and a plain generator beside.
const pages = [
  ['apple', 'pear', 'plum'],
  ['bread', 'cake'],
  ['tea', 'coffee', 'milk', 'water'],
];

function load(number) {
  console.log('load page', number);
  return new Promise(resolve => {
    setTimeout(() => resolve({ items: pages[number], more: number + 1 < pages.length }), 8);
  });
}

async function* items() {
  for (let number = 0; ; number++) {
    const page = await load(number);
    yield* page.items;
    if (!page.more) return;
  }
}

async function* longer(source, length) {
  for await (const item of source) {
    if (item.length > length) yield item;
  }
}

async function* take(source, count) {
  let taken = 0;
  try {
    for await (const item of source) {
      yield item;
      if (++taken === count) return;
    }
  } finally {
    console.log('enough');
  }
}

function* fibonacci() {
  for (let [a, b] = [1, 1]; ; [a, b] = [b, a + b]) yield a;
}

class Ticker {
  constructor(times) {
    this.times = times;
  }
  async *[Symbol.asyncIterator]() {
    for (let i = 1; i <= this.times; i++) {
      await new Promise(setImmediate);
      yield i;
    }
  }
}

(async () => {
  const numbers = fibonacci();
  for await (const item of take(longer(items(), 4), 4)) {
    console.log(numbers.next().value, item);
  }
  for await (const tick of new Ticker(3)) console.log('tick', tick);
})().then(() => console.log('end'));
