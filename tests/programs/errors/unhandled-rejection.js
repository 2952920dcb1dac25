// exit: 1
// A rejection with a non-error reason is wrapped in ERR_UNHANDLED_REJECTION.
process.on('exit', (code) => console.log('exit', code));
Promise.reject({ reason: 'no table' });
setImmediate(() => console.log('not reached'));
