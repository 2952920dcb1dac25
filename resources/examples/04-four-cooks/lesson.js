const fs = require('node:fs');
const { pbkdf2 } = require('node:crypto');

console.log('open');
setTimeout(() => console.log('dessert'), 100);
fs.readFile('menu.txt', 'utf8', (err, menu) => {
  console.log('menu', menu.length);
  setImmediate(() => console.log('bill'));
  process.nextTick(() => console.log('tick'));
  Promise.resolve('chef').then(greet);
});
for (let i = 1; i <= 5; i++) pbkdf2('pw', 's', 1e5, 64, 'sha512', () => console.log('dish', i));
function greet(name) { console.log('bonjour', name); }
console.log('closed?');
