const start = Date.now();

setTimeout(() => {
  console.log('the timer was to come after 5 ms');
  console.log('it was kept waiting:', Date.now() - start >= 100);
}, 5);

function note() {
  if (Date.now() - start < 100) process.nextTick(note);
  else console.log('the last tick');
}
process.nextTick(note);
