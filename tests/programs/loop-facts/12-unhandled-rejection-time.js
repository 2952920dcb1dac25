// Fact 12: unhandledRejection comes after the whole drain, and before the next phase.
process.on('unhandledRejection', (reason) => console.log('unhandledRejection', reason));
Promise.reject('nobody listens');
const late = Promise.reject('handled in time');
queueMicrotask(() => {
  console.log('microtask');
  late.catch((reason) => console.log('caught', reason));
  process.nextTick(() => console.log('tick made in the microtask'));
});
process.nextTick(() => console.log('tick'));
setImmediate(() => console.log('immediate'));
