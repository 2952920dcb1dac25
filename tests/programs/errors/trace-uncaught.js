// flags: --trace-uncaught
// exit: 1
// With --trace-uncaught node also shows where a value was thrown from.
function toss() { throw 'a string'; }
setTimeout(() => toss(), 1);
