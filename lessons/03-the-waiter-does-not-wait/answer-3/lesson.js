const fs = require('node:fs');

console.log('table 1 wants soup');
setTimeout(() => console.log('soup for table 1'), 300);

console.log('table 2 wants the menu');
fs.readFile('menu.txt', 'utf8', () => {
  console.log('menu for table 2');
  console.log('table 4 wants tea');
  setTimeout(function tea() {
    console.log('tea for table 4');
  }, 100);
});

console.log('table 3 wants to sit');
