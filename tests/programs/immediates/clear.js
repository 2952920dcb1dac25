// An immediate can be cleared before the check phase and inside it.
const first = setImmediate(() => {
  console.log('first');
  clearImmediate(third);
  clearImmediate(first);
});
const second = setImmediate(() => console.log('must not run'));
const third = setImmediate(() => console.log('must not run either'));
setImmediate((a, b) => console.log('fourth', a, b), 1, 2);
clearImmediate(second);
clearImmediate(undefined);
console.log(second._destroyed, third._destroyed);
