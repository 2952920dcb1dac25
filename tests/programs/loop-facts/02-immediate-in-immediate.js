// Fact 2: an immediate made in an immediate waits for the next iteration, after a due timer.
setImmediate(() => {
  console.log('outer immediate');
  setImmediate(() => console.log('inner immediate, next iteration'));
  setTimeout(() => console.log('timer between them'), 1);
  const start = Date.now();
  while (Date.now() - start < 5); // the timer is due when this check phase ends
});
setImmediate(() => console.log('second immediate, same check phase'));
