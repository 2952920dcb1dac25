const fs = require('node:fs');

console.log('open');
setTimeout(() => console.log('coffee'), 100);
setTimeout(() => console.log('bread'), 20);
let length = 0;
fs.createReadStream('cookbook.txt')
  .on('data', (page) => { length += page.length; })
  .on('end', () => console.log('book', length));
console.log('closed?');
