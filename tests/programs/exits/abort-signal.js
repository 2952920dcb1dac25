// signal: SIGTERM
// Killed by a signal: no exit event.
process.on('exit', () => console.log('not reached'));
console.log('before');
process.kill(process.pid, 'SIGTERM');
setInterval(() => {}, 1000);
