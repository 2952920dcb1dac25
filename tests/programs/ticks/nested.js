// A tick made in a tick runs before microtasks; a tick made in a microtask waits for the drain.
process.nextTick(() => {
  console.log('tick A');
  process.nextTick(() => console.log('tick B, made in A'));
  Promise.resolve().then(() => {
    console.log('micro C, made in A');
    process.nextTick(() => console.log('tick E, made in C'));
    Promise.resolve().then(() => console.log('micro D, made in C'));
  });
});
setImmediate(() => console.log('immediate'));
