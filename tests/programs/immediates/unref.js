// An unref'd immediate does not keep the loop alive.
const quiet = setImmediate(() => console.log('never printed'));
console.log(quiet.hasRef(), quiet.unref() === quiet, quiet.hasRef());
process.on('exit', () => console.log('exit, destroyed:', quiet._destroyed));
