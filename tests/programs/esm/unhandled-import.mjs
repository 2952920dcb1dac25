// exit: 1
// An import() that nobody waits for is an unhandled rejection.
import('./fixtures/throws.mjs');
process.on('exit', (code) => console.log('exit', code));
