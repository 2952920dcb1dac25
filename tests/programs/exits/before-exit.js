// beforeExit comes when the loop is empty, and again each time it gave the loop new work.
let rounds = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code);
  if (++rounds < 3) setTimeout(() => console.log('more work', rounds), 1);
});
process.on('exit', () => console.log('exit'));
