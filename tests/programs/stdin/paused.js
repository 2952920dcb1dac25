// A paused standard input keeps nothing alive.
process.stdin.once('readable', () => {
  console.log(process.stdin.read(2).toString());
  process.stdin.pause();
  process.stdin.unref();
});
process.on('exit', () => console.log('exit'));
