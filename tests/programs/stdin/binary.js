// Bytes that are no text arrive as they are.
const hash = require('node:crypto').createHash('sha256');
let length = 0;
process.stdin.on('readable', () => {
  for (let part; (part = process.stdin.read()) !== null;) {
    hash.update(part);
    length += part.length;
  }
});
process.stdin.on('end', () => console.log(length, hash.digest('hex')));
