// signal: SIGHUP
// Two handlers, one removed; then the signal's own effect is back.
const once = () => console.log('once');
process.once('SIGHUP', once);
process.on('SIGHUP', function always(name, number) {
  console.log(name, number, process.listenerCount('SIGHUP'));
  process.off('SIGHUP', always);
  setImmediate(() => process.kill(process.pid, 'SIGHUP'));
});
const alive = setInterval(() => {}, 1000);
process.kill(process.pid, 'SIGHUP');
