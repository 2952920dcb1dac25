// exit: 1
// A module that throws while it is evaluated ends the program with its stack.
import './fixtures/counter.mjs';
import './fixtures/throws.mjs';
console.log('never');
