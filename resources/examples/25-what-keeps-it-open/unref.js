setInterval(() => console.log('never seen'), 60_000).unref();

let left = 3;
const clock = setInterval(function strike() {
  console.log(left, 'to go');
  left -= 1;
  if (left === 0) clearInterval(clock);
}, 10);

process.on('exit', () => console.log('nothing is left to wait for'));
