// nextTick needs a function and says so at the call, not later.
for (const bad of [undefined, null, 'text', 1n, [], /x/]) {
  try {
    process.nextTick(bad);
  } catch (error) {
    console.log(error.code, '|', error.message);
  }
}
process.nextTick(() => console.log('still works'));
