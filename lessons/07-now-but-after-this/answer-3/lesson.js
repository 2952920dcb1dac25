console.log('open');

setTimeout(async () => {
  console.log('soup');
  process.nextTick(() => {
    console.log('salt');
    process.nextTick(() => console.log('candle'));
  });
}, 20);

setTimeout(function bread() {
  console.log('bread');
  process.nextTick(() => console.log('butter'));
}, 20);

// The waiter folds napkins. Meanwhile both timers ring.
const end = Date.now() + 100;
while (Date.now() < end);
