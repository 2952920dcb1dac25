setTimeout(function first() {
  console.log('first timer');
  process.nextTick(() => console.log('  tick of the first timer'));
  Promise.resolve().then(() => console.log('  promise of the first timer'));
}, 1);

setTimeout(function second() {
  console.log('second timer');
}, 1);

// Both timers are due before the loop begins.
const until = Date.now() + 10;
while (Date.now() < until);
console.log('end of the script');
