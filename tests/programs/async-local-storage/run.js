// A store follows timers, ticks, immediates, promises and await.
const { AsyncLocalStorage } = require('node:async_hooks');
const table = new AsyncLocalStorage();
const show = (where) => console.log(where, table.getStore());
for (const n of [1, 2]) {
  table.run(`table ${n}`, async () => {
    process.nextTick(show, 'tick');
    queueMicrotask(() => show('microtask'));
    setImmediate(show, 'immediate');
    await null;
    show('after await');
  });
}
show('outside');
