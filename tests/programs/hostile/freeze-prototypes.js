// The language's prototypes are frozen: node's own code still works.
const list = [Object, Function, Array, Promise, Error, Map, Set, Symbol, String, RegExp];
for (const type of list) { Object.freeze(type.prototype); Object.freeze(type); }
Object.freeze(globalThis.console);
const bell = new (require('node:events'))();
bell.once('ring', (v) => console.log('ring', v));
bell.emit('ring', new Map([['a', new Set([1])]]));
setTimeout(() => console.log('timer'), 1);
process.nextTick(() => console.log('tick'));
Promise.reject(new TypeError('frozen')).catch((e) => console.log(e.name, e.message));
