class Queue {
  #items = [];
  #waiting = null;
  put(item) {
    this.#items.push(item);
    this.#waiting?.();
    this.#waiting = null;
  }
  async *[Symbol.asyncIterator]() {
    while (true) {
      while (this.#items.length > 0) {
        const item = this.#items.shift();
        if (item === null) return;
        yield item;
      }
      await new Promise((go) => { this.#waiting = go; });
    }
  }
}
const queue = new Queue();
async function produce(count) {
  for (let i = 1; i <= count; i++) {
    queue.put(i);
    if (i % 2 === 0) await new Promise((go) => { setImmediate(go); });
  }
  queue.put(null);
}
let sum = 0;
const producing = produce(4);
for await (const item of queue) {
  const before = sum;
  sum = before + item;
}
await producing;
export { sum };
console.log(sum);
