// Fact 18: several "ticks" happen in one trip round the loop: each callback has its own drain.
const label = (name) => () => {
  console.log(name);
  process.nextTick(() => console.log('  drain of', name));
};
setImmediate(label('immediate 1'));
setImmediate(label('immediate 2'));
setImmediate(() => {
  label('immediate 3')();
  setImmediate(() => console.log('a new trip round the loop'));
});
