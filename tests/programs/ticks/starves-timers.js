// A chain of ticks holds back a timer that is already due.
let left = 1000;
setTimeout(() => console.log('timer, ticks left', left), 1);
process.nextTick(function again() {
  left -= 1;
  if (left > 0) process.nextTick(again);
  else console.log('last tick');
});
const start = Date.now();
while (Date.now() - start < 5); // the timer is due now
console.log('main done');
