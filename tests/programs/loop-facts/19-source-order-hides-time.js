// Fact 19: line order in the source is not the order in time.
const seen = [];
const log = (line) => seen.push(line);
setImmediate(() => { log('line 4'); });
Promise.resolve().then(() => { log('line 5'); });
process.nextTick(() => { log('line 6'); });
log('line 7');
process.on('exit', () => {
  console.log('in time:  ', seen.join(', '));
  console.log('in source:', [...seen].sort().join(', '));
});
