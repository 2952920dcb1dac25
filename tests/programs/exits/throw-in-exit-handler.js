// exit: 1
// A throw in an exit handler, while the process dies of another throw: the first error wins.
process.on('exit', (code) => {
  console.log('exit', code);
  throw new Error('from the exit handler');
});
throw new Error('from the main script');
