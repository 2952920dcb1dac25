// Ticks run in the order they were queued, all before the first microtask.
process.nextTick((a, b) => console.log('tick 1', a, b), 'x', 'y');
Promise.resolve().then(() => console.log('micro 1'));
process.nextTick(() => console.log('tick 2'));
queueMicrotask(() => console.log('micro 2'));
process.nextTick(() => console.log('tick 3'));
console.log('main');
