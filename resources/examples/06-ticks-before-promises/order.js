Promise.resolve()
  .then(() => {
    console.log('promise 1');
    process.nextTick(() => console.log('tick 3, from a promise'));
  })
  .then(() => console.log('promise 2'));

process.nextTick(() => {
  console.log('tick 1');
  process.nextTick(() => console.log('tick 2, from a tick'));
});

console.log('end of the script');
