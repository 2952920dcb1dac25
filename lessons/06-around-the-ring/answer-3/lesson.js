const { stat } = require('node:fs/promises');

async function menu() {
  await stat('menu.txt');
  console.log('menu');
  setTimeout(() => console.log('bill'), 1);
  setImmediate(() => console.log('water'));
}

menu();
