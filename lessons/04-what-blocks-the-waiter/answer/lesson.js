const fs = require('node:fs');

console.log('open');
setTimeout(() => console.log('coffee'), 100);
setTimeout(() => console.log('bread'), 20);
fs.readFile('cookbook.txt', (error, book) => {
  if (error) throw error;
  console.log('book', book.length);
});
console.log('closed?');
