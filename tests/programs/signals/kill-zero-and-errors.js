// race: the signal comes back through a pipe of libuv, before or after the second immediate.
// Signal 0 asks whether a process is there; unknown names and processes are refused.
console.log(process.kill(process.pid, 0));
for (const wrong of [() => process.kill(process.pid, 'SIGNONSENSE'), () => process.kill(2 ** 30, 0), () => process.kill('x'), () => process.on('SIGKILL', () => {})]) {
  try { wrong(); } catch (error) { console.log(error.name, error.code, error.message); }
}
process.on('SIGUSR2', () => console.log('SIGUSR2'));
process.kill(process.pid, 'SIGUSR2');
process.kill(process.pid, 'SIGWINCH');
setImmediate(() => setImmediate(() => console.log('done')));
