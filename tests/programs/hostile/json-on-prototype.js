// toJSON, getters and setters on Object.prototype: internal objects must not fall into them.
const seen = [];
for (const name of ['then', 'encoding', 'callback', 'signal', 'highWaterMark']) {
  Object.defineProperty(Object.prototype, name, {
    configurable: true,
    get() { return undefined; },
    set(value) { Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true }); if (!seen.includes(name)) seen.push(name); },
  });
}
Object.defineProperty(Object.prototype, 'toJSON', { configurable: true, value: () => 'toJSON from the prototype' });
console.log(JSON.stringify({ a: 1 }), { a: 1 });
setTimeout(() => console.log('timer'), 1);
process.nextTick(() => console.log('tick'));
Promise.resolve({ b: 2 }).then((v) => console.log('promise', v));
process.on('exit', () => console.log('setters hit', seen));
