// setUncaughtExceptionCaptureCallback comes before the uncaughtException event.
process.on('uncaughtException', (error) => console.log('event', error.message));
process.setUncaughtExceptionCaptureCallback((error) => console.log('capture', error.message));
console.log(process.hasUncaughtExceptionCaptureCallback());
setImmediate(() => { throw new Error('one'); });
setImmediate(() => process.setUncaughtExceptionCaptureCallback(null));
setImmediate(() => { throw new Error('two'); });
