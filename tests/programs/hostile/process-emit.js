// exit: 1
// process.emit and nextTick are replaced by spies that pass on.
const { emit, nextTick } = process;
const events = [];
process.emit = function (name, ...args) { events.push(String(name)); return Reflect.apply(emit, this, [name, ...args]); };
process.nextTick = function (...args) { events.push('nextTick'); return Reflect.apply(nextTick, process, args); };
process.on('exit', () => console.log(events.join(' ')));
require('node:events').once(process, 'cafe').then(() => console.log('cafe event'));
setImmediate(() => process.emit('cafe'));
setImmediate(() => Promise.reject(new Error('spied on')));
