// Recursion that makes timers, ticks, promises and immediates until the stack is full.
let made = 0;
let ran = 0;
function dig() {
  setTimeout(() => { ran += 1; }, 1).unref();
  process.nextTick(() => { ran += 1; });
  Promise.resolve().then(() => {});
  setImmediate(() => {});
  made += 1;
  dig();
}
try { dig(); } catch (error) { console.log(error instanceof RangeError, made > 100); }
setTimeout(() => console.log('ticks and timers ran', ran > made), 20);
