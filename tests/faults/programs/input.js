// Counts its standard input, byte by byte, until that ends.
const { createHash } = require('node:crypto');
const hash = createHash('sha256');
let bytes = 0;
process.stdin.on('data', (data) => {
  bytes += data.length;
  hash.update(data);
});
process.stdin.on('end', () => console.log(`${bytes} bytes, ${hash.digest('hex')}`));
