// When a tick throws and the error is handled, the ticks behind it still run.
process.on('uncaughtException', (error, origin) => console.log('caught', error.message, origin));
process.nextTick(() => console.log('tick 1'));
process.nextTick(() => { throw new Error('tick 2 failed'); });
process.nextTick(() => console.log('tick 3'));
Promise.resolve().then(() => console.log('micro'));
setImmediate(() => console.log('immediate'));
