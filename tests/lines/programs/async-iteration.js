async function* ticks(n) {
  for (let i = 0; i < n; i++) {
    await null;
    const back = yield i * 10;
    if (back === 'stop') return 'stopped';
  }
}
const source = {
  left: 3,
  [Symbol.asyncIterator]() { return this; },
  async next() {
    const value = this.left--;
    return { value, done: value === 0 };
  },
  async return(value) { this.left = -1; return { value, done: true }; },
};
async function main() {
  let sum = 0;
  for await (const tick of ticks(3)) sum += tick;
  for await (const each of source) {
    if (each === 2) continue;
    if (each === 1) break;
    sum += each;
  }
  for await (const each of [1, Promise.resolve(2), 3]) { const twice = each * 2; sum += twice; }
  const it = ticks(9);
  await it.next();
  const end = await it.next('stop');
  return [sum, end.value, source.left];
}
main().then((all) => { console.log(...all); });
