// exit: 6
// A signal with a handler is an event from the loop, and keeps nothing alive by itself.
const waiting = setInterval(() => {}, 1000);
process.once('SIGTERM', (name, number) => {
  console.log('got', name, number);
  clearInterval(waiting);
  process.exitCode = 6;
});
process.kill(process.pid, 'SIGTERM');
console.log('main done');
