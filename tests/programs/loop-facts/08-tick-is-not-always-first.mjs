// Fact 8: a tick loses to promises in an ES module body and inside a running microtask drain.
process.nextTick(() => {
  console.log('tick of the module body');
  queueMicrotask(() => {
    console.log('microtask');
    process.nextTick(() => console.log('tick made in the microtask'));
    Promise.resolve().then(() => console.log('promise made in the microtask'));
  });
});
Promise.resolve().then(() => console.log('promise of the module body'));
