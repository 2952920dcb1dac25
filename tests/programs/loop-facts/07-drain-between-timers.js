// Fact 7: ticks and microtasks drain between two timers of one phase.
for (const n of [1, 2, 3]) {
  setTimeout(() => {
    console.log('timer', n);
    process.nextTick(() => console.log('tick', n));
    queueMicrotask(() => console.log('micro', n));
  }, 1);
}
