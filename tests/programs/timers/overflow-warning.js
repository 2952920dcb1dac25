// flags: --no-warnings
// A delay above 2^31-1 is set to 1 and the warning is an event (its default print has a pid, so it is off).
process.on('warning', (warning) => {
  console.log(warning.name);
  console.log(warning.message);
});
setTimeout(() => console.log('ran soon'), 2 ** 31);
console.log('main done');
