const fs = require('node:fs');

console.log('open');
setTimeout(() => console.log('coffee'), 100);
setTimeout(() => console.log('bread'), 20);
const book = fs.readFileSync('cookbook.txt', 'utf8');
console.log('book', book.length);
console.log('closed?');
