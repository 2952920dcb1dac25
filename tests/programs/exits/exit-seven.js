// exit: 7
// process.exit ends the program at once: no tick, microtask or timer follows.
process.nextTick(() => console.log('not reached'));
Promise.resolve().then(() => console.log('not reached'));
process.on('exit', (code) => console.log('exit event', code, process.exitCode));
console.log('before');
process.exit(7);
