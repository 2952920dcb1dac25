// Reading with for await, leaving early, helpers such as map and filter, compose.
import { Readable, PassThrough, compose } from 'node:stream';
const numbers = () => Readable.from([1, 2, 3, 4, 5, 6]);
for await (const n of numbers()) {
  if (n > 2)
    break;
  console.log(n);
}
console.log(await numbers().filter((n) => n % 2 === 0).map(async (n) => n * 10).toArray());
console.log(await numbers().drop(1).take(2).reduce((sum, n) => sum + n, 0), await numbers().some((n) => n > 5), await numbers().find((n) => n > 3));
const source = numbers();
await source.forEach((n) => { if (n === 2) throw new Error('two'); }).catch((error) => console.log(error.message, source.destroyed));
const through = new PassThrough({ encoding: 'utf8' });
through.end('text');
for await (const text of compose(through, async function* (parts) { for await (const part of parts) yield String(part).length; }))
  console.log(text);
const failing = Readable.from((function* () { yield 1; throw new Error('generator'); })());
try {
  for await (const n of failing)
    console.log('got', n);
} catch (error) {
  console.log(error.message);
}
