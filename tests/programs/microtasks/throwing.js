// A microtask that throws becomes an uncaughtException, and the next microtask still runs.
process.on('uncaughtException', (error, origin) => console.log('handler', error.message, origin));
queueMicrotask(() => { throw new Error('oops'); });
queueMicrotask(() => console.log('after the throw'));
process.nextTick(() => console.log('tick'));
setTimeout(() => console.log('timer'), 1);
