// Fact 1: due timers run once before the loop, and from then on at the end of each iteration.
setTimeout(() => {
  console.log('timer made by the main script');
  // The loop's ring starts now: check comes before the timers of this iteration.
  setTimeout(() => console.log('timer made in a timer'), 1);
  setImmediate(() => console.log('immediate made in a timer'));
  const start = Date.now();
  while (Date.now() - start < 5); // even though the new timer is due already
}, 1);
const start = Date.now();
while (Date.now() - start < 5); // the first timer is due when the loop begins
