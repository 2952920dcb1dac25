// enterWith lasts to the end of the turn and on; exit steps outside; run restores after a throw.
const { AsyncLocalStorage } = require('node:async_hooks');
const als = new AsyncLocalStorage();
als.enterWith('entered');
setImmediate(() => console.log('immediate', als.getStore()));
als.exit(() => {
  console.log('in exit', als.getStore());
  setImmediate(() => console.log('made in exit', als.getStore()));
});
try { als.run('run', () => { throw new Error(als.getStore()); }); } catch (error) { console.log('thrown in', error.message); }
console.log('after', als.getStore());
als.disable();
console.log('disabled', als.getStore());
