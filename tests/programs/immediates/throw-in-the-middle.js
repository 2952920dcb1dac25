// After a handled throw the rest of the immediates still run, in the same phase.
process.on('uncaughtException', (error) => console.log('caught', error.message));
setImmediate(() => console.log('one'));
setImmediate(() => { throw new Error('two failed'); });
setImmediate(() => console.log('three'));
setImmediate(() => setImmediate(() => console.log('five')));
setImmediate(() => console.log('four'));
