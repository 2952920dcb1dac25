// exit: 1
// A throw in a then callback becomes an unhandled rejection, which ends the process.
Promise.resolve().then(function pour() { throw new RangeError('cup overflows'); });
Promise.resolve().then(() => console.log('the drain goes on'));
setImmediate(() => console.log('not reached'));
