// exit: 1
// An uncaught throw in a tick: no later tick, microtask or timer runs.
process.nextTick(() => { throw new TypeError('bad tick'); });
process.nextTick(() => console.log('not reached'));
Promise.resolve().then(() => console.log('not reached'));
console.log('main done');
