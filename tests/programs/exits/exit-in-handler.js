// exit: 9
// process.exit in an exit handler changes the code and skips the handlers behind it.
process.on('exit', (code) => {
  console.log('first handler', code);
  process.exit(9);
});
process.on('exit', () => console.log('not reached'));
process.exit(2);
