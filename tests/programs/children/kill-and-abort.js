// Killing, killing again, and a signal of the other kind: AbortController's.
const { spawn } = require('node:child_process');
const child = spawn('/bin/sleep', ['30']);
child.on('exit', (code, signal) => {
  console.log(code, signal, child.killed, child.kill());
  const stop = new AbortController();
  const other = spawn('/bin/sleep', ['30'], { signal: stop.signal });
  other.on('error', (error) => console.log(error.name, error.code));
  other.on('close', (ended, by) => {
    console.log(ended, by);
    spawn('/no/such/program').on('error', (error) => console.log(error.code, error.path)).on('exit', () => console.log('never'));
  });
  stop.abort();
});
console.log(child.kill('SIGKILL'));
try { child.kill('SIGNONSENSE'); } catch (error) { console.log(error.code); }
