const fs = require('node:fs');

fs.stat('menu.txt', function menu() {
  console.log('menu');
  setTimeout(function bill() { console.log('bill'); }, 1);
  setImmediate(function water() { console.log('water'); });
});

// The waiter folds napkins. Meanwhile all three get ready.
const end = Date.now() + 100;
while (Date.now() < end);
