// exit: 1
// A stack overflow that nobody catches.
Error.stackTraceLimit = 3;
setImmediate(function start() { start(); });
process.on('exit', (code) => console.log('exit', code));
