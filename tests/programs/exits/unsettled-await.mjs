// exit: 13
// A top-level await that never settles ends the process with code 13.
process.on('exit', (code) => console.log('exit', code));
setImmediate(() => console.log('immediate'));
await new Promise(() => {});
console.log('not reached');
