const fs = require('node:fs');

console.log('open');
setTimeout(() => console.log('coffee'), 100);
setTimeout(() => console.log('bread'), 20);
setTimeout(function readBook() {
  const book = fs.readFileSync('cookbook.txt',
    'utf8');
  console.log('book', book.length);
}, 0);
console.log('closed?');
