const { readFile } = require('node:fs/promises');
const { setTimeout: sleep } = require('node:timers/promises');

async function soup() {
  console.log('table 1 wants soup');
  await sleep(300);
  console.log('soup for table 1');
}

async function menu() {
  console.log('table 2 wants the menu');
  await readFile('menu.txt', 'utf8');
  console.log('menu for table 2');
}

async function tea() {
  console.log('table 4 wants tea');
  await sleep(100);
  console.log('tea for table 4');
}

soup();
menu();
console.log('table 3 wants to sit');
tea();
