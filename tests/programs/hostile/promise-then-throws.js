// exit: 1
// Promise.prototype.then throws: timers and ticks go on, and rejections are still seen.
Promise.prototype.then = () => { throw new Error('no then for you'); };
process.nextTick(() => console.log('tick'));
queueMicrotask(() => console.log('microtask'));
setTimeout(async () => {
  console.log('timer');
  await null;
  console.log('await null is fine');
  Promise.resolve().catch(() => {});
}, 1);
