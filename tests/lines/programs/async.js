const wait = (value) => new Promise((go) => { setImmediate(() => { go(value); }); });
async function add(a, b) {
  const first = await a;
  const second = await b;
  const sum = first + second;
  return sum;
}
async function main() {
  let total = await add(wait(1), 2);
  total += await add(3, wait(4));
  const all = await Promise.all([add(1, 1), add(2, 2), wait('x')]);
  for (const each of all) {
    const known = await each;
    total += known;
  }
  return total;
}
const arrow = async (x) => (await x) * 2;
main().then((total) => {
  console.log(total);
  return arrow(21);
}).then((twice) => { console.log(twice); });
