console.log('open');

setTimeout(function soup() {
  console.log('soup');
  console.log('candle');
  process.nextTick(() => console.log('salt'));
}, 20);

setTimeout(function bread() {
  console.log('bread');
  process.nextTick(() => console.log('butter'));
}, 20);

// The waiter folds napkins. Meanwhile both timers ring.
const end = Date.now() + 100;
while (Date.now() < end);
