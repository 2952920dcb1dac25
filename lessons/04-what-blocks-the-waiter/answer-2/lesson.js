const fs = require('node:fs/promises');

console.log('open');
setTimeout(() => console.log('coffee'), 100);
setTimeout(() => console.log('bread'), 20);
readBook();
console.log('closed?');

async function readBook() {
  const book = await fs.readFile('cookbook.txt');
  console.log('book', book.length);
}
