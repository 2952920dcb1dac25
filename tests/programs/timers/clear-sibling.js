// A timer may clear a later timer of the same list before it runs.
const first = setTimeout(() => {
  console.log('first clears third');
  clearTimeout(third);
}, 3);
const second = setTimeout(() => {
  console.log('second clears first (already run)');
  clearTimeout(first);
}, 3);
const third = setTimeout(() => console.log('third must not run'), 3);
setTimeout(() => console.log('fourth', second.hasRef()), 3);
