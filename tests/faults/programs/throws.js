// Throws what is hard to show, as its argument says.
const evil = {
  null: () => null,
  symbol: () => Symbol('soup'),
  stack: () => Object.defineProperty(new Error('evil'), 'stack', { get() { throw new Error('stack'); } }),
  message: () => Object.defineProperty(new Error('evil'), 'message', { get() { throw new Error('message'); } }),
  string: () => ({ toString() { throw new Error('toString'); } }),
};
setTimeout(() => { throw evil[process.argv[2]](); }, 1);
