// exit: 1
// An uncaught throw in an immediate, from two functions deep.
function inner() { null.cup; }
function outer() { inner(); }
setImmediate(() => console.log('before'));
setImmediate(() => outer());
setImmediate(() => console.log('not reached'));
