// for await over the lines of standard input, with work in between.
import readline from 'node:readline';
let n = 0;
for await (const line of readline.createInterface({ input: process.stdin })) {
  await new Promise(setImmediate);
  console.log(++n, line);
}
console.log('end');
