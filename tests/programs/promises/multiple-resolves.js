// Settling twice is silent: the second call does nothing.
process.on('unhandledRejection', () => console.log('not reached'));
const promise = new Promise((resolve, reject) => {
  resolve('one');
  resolve('two');
  reject(new Error('three'));
});
promise.then((v) => console.log(v));
// Resolved with a pending promise: locked in, though still pending.
let open;
const locked = new Promise((resolve) => {
  resolve(new Promise((r) => { open = r; }));
  resolve('too late');
});
locked.then((v) => console.log(v));
open('the inner value');
