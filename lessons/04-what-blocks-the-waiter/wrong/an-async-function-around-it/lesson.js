const fs = require('node:fs');

console.log('open');
setTimeout(() => console.log('coffee'), 100);
setTimeout(() => console.log('bread'), 20);
readBook();
console.log('closed?');

async function readBook() {
  const book = fs.readFileSync('cookbook.txt', 'utf8');
  console.log('book', book.length);
}
