// An immediate made in an immediate waits for the next iteration.
setImmediate(() => {
  console.log('A');
  setImmediate(() => console.log('C, made in A'));
  process.nextTick(() => console.log('  tick of A'));
});
setImmediate(() => console.log('B'));
