// exit: 1
// A throw in a hook cannot be caught: the process prints it and stops.
const { createHook } = require('node:async_hooks');
process.on('uncaughtException', () => console.log('not reached'));
createHook({ init(id, type) { if (type === 'Immediate') throw new Error('hook failed'); } }).enable();
try {
  setImmediate(() => {});
} catch {
  console.log('not reached either');
}
