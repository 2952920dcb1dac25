// Fact 9: await of a native promise costs one microtask; returning a promise costs three.
async function one() { await Promise.resolve(); console.log('await continues'); }
async function three() { return Promise.resolve(); }
one();
three().then(() => console.log('return p settled'));
Promise.resolve()
  .then(() => console.log('turn 1'))
  .then(() => console.log('turn 2'))
  .then(() => console.log('turn 3'))
  .then(() => console.log('turn 4'));
