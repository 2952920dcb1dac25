// exit: 1
// Error.prepareStackTrace throws: reading a stack throws, and an uncaught error is still reported.
Error.prepareStackTrace = () => { throw 'from prepareStackTrace'; };
try {
  console.log(new Error('x').stack);
} catch (thrown) {
  console.log('caught', thrown);
}
setImmediate(() => { throw 'plain value'; });
