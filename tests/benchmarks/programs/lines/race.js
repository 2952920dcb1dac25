// A job of the pool beside lines: who is first? Arguments: iterations of pbkdf2, milliseconds of the timer, rounds of lines.
const { pbkdf2 } = require('node:crypto');
const [iterations, milliseconds, rounds] = process.argv.slice(2).map(Number);
pbkdf2('soup', 'salt', iterations, 64, 'sha512', () => console.log('dish'));
setTimeout(() => console.log('timer'), milliseconds);
function stir(times) {
  let soup = 0;
  for (let i = 0; i < times; i++) {
    soup += i % 3;
  }
  return soup;
}
let all = 0;
for (let k = 0; k < rounds; k++) all += stir(40);
console.log('main');
