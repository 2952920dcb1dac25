// Microtasks that make microtasks keep every phase waiting.
let count = 0;
setImmediate(() => console.log('immediate at', count));
queueMicrotask(function again() {
  if (++count < 5000) queueMicrotask(again);
  else console.log('drained', count);
});
