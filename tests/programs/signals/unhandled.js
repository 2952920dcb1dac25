// signal: SIGTERM
// Without a handler the signal ends the process; no exit event is seen.
process.on('exit', () => console.log('never'));
console.log('before');
process.kill(process.pid, 'SIGTERM');
setTimeout(() => console.log('never'), 5000);
