// Array.prototype methods are replaced by ones that throw: node itself falls over one of them, and so must the engine.
// exit: 1
const calls = [];
for (const name of ['push', 'shift', 'pop', 'splice', 'forEach', 'map', 'slice', 'join']) {
  Array.prototype[name] = function () { calls[calls.length] = name; throw new Error('stolen ' + name); };
}
setTimeout((a) => console.log('timer', a), 1, 'arg');
process.nextTick((a) => console.log('tick', a), 'arg');
setImmediate((a) => console.log('immediate', a), 'arg');
Promise.all([1, 2]).then((v) => console.log(v.length));
Promise.reject('r').catch((r) => console.log('caught', r));
process.on('exit', () => console.log('calls seen', calls.length));
