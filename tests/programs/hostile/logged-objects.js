// Objects that are made to trouble whoever prints them: rings, proxies, getters that throw, a million keys.
const ring = { name: 'ring', list: [] };
ring.self = ring;
ring.list.push(ring, new Map([[ring, new Set([ring])]]));
console.log(ring);
const traps = [];
const trap = new Proxy({}, { get(_, name) { return (...args) => { traps.push(name); return Reflect[name](...args); }; } });
console.log(new Proxy({ a: 1 }, trap), new Proxy(() => {}, trap), traps.length);
console.log({ get soup() { throw new Error('no soup'); }, set tea(value) {}, [Symbol('s')]: 1 });
console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { return { custom: true }; } });
try {
  console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('custom'); } });
} catch (error) {
  console.log(error.message);
}
console.log(`${{ toString: () => 'text' }}`, { __proto__: { toString() { throw new Error('never asked'); } } });
const many = {};
for (let i = 0; i < 1e6; i++) many[`k${i}`] = i;
const text = require('node:util').inspect(many);
console.log(text.length, text.slice(0, 40), text.slice(-40));
console.log(require('node:util').inspect(Array.from({ length: 1e6 }, (_, i) => i)).length);
let deep = {};
for (let i = 0; i < 1e5; i++) deep = { deep };
console.log(deep);
try {
  JSON.stringify(deep);
} catch (error) {
  console.log(error.name);
}
