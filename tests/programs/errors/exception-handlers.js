// exit: 7
// The monitor runs first; a throw inside the handler ends the process with code 7.
process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin));
process.once('uncaughtException', (error, origin) => console.log('handler', error.message, origin));
Promise.reject(new Error('first'));
setImmediate(() => {
  process.on('uncaughtException', () => { throw new Error('handler failed'); });
  throw new Error('second');
});
