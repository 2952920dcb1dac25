// Fact 6: ticks and microtasks drain after every callback, whatever the phase.
const drain = (place) => {
  console.log(place);
  Promise.resolve().then(() => console.log('  micro of', place));
  process.nextTick(() => console.log('  tick of', place));
};
setImmediate(() => drain('immediate 1'));
setImmediate(() => {
  drain('immediate 2');
  require('node:fs').stat('.', () => {
    drain('io');
    setTimeout(() => drain('timer'), 1);
  });
});
drain('main');
