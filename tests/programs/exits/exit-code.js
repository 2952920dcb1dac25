// exit: 4
// exitCode is used when the loop ends by itself; the exit handler may still change it.
process.exitCode = 2;
setImmediate(() => console.log('loop runs', process.exitCode));
process.on('exit', (code) => {
  console.log('exit', code);
  process.exitCode = 4;
  setTimeout(() => console.log('not reached'), 0);
});
