// Microtasks and ticks drain between two timers of the same list.
for (const name of ['one', 'two']) {
  setTimeout(() => {
    console.log('timer', name);
    Promise.resolve().then(() => console.log('  micro', name));
    process.nextTick(() => console.log('  tick', name));
  }, 1);
}
