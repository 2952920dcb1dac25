console.log('open');

setTimeout(function soup() {
  queueMicrotask(() => console.log('candle'));
  console.log('soup');
  process.nextTick(() => console.log('salt'));
}, 20);

setTimeout(function bread() {
  console.log('bread');
  process.nextTick(() => console.log('butter'));
}, 20);

// The waiter folds napkins. Meanwhile both timers ring.
const end = Date.now() + 100;
while (Date.now() < end);
