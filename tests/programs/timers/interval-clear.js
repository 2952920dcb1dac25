// An interval stops when its own callback clears it.
let count = 0;
const interval = setInterval((label) => {
  count += 1;
  console.log(label, count);
  if (count === 4) {
    clearInterval(interval);
    console.log('cleared', interval._destroyed);
  }
}, 2, 'beat');
console.log('started');
