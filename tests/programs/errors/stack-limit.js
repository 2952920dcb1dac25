// exit: 1
// Error.stackTraceLimit decides how many frames an uncaught error shows.
Error.stackTraceLimit = 2;
const down = (n) => { if (n === 0) throw new Error('bottom'); down(n - 1); };
try { down(5); } catch (error) { console.log(error.stack.split('\n').length); }
Error.stackTraceLimit = 0;
setImmediate(() => down(3));
