let rounds = 0;

setImmediate(function again() {
  rounds += 1;
  console.log('round', rounds);
  if (rounds < 3) setImmediate(again);
});

setImmediate(function other() {
  console.log('another immediate of the same round');
});
