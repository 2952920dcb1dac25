// for await over standard input, then nothing more to read.
const parts = [];
for await (const part of process.stdin)
  parts.push(part);
console.log(Buffer.concat(parts).toString().split(' ').reduce((sum, n) => sum + Number(n), 0));
console.log(process.stdin.readableEnded, process.stdin.destroyed);
