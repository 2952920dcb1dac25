// exit: 3
// process.exit inside a timer: the timers behind it never run.
setTimeout(() => {
  process.nextTick(() => console.log('not reached'));
  console.log('closing');
  process.exit(3);
}, 1);
setTimeout(() => console.log('not reached'), 1);
