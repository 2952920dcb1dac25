const fs = require('node:fs');

fs.readFile('menu.txt', 'utf8', (error, text) => {
  console.log('menu');
  setImmediate(() => console.log('water'));
  setTimeout(() => console.log('bill'), 0);
});
