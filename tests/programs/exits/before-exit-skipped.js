// exit: 5
// There is no beforeExit after process.exit.
process.on('beforeExit', () => console.log('not reached'));
process.on('exit', (code) => console.log('exit', code));
setImmediate(() => process.exit('5'));
