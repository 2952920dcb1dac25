let shouts = 0;
const shout = () => { shouts++; throw new Error('nobody should look'); };
const object = {
  get own() { return shout(); },
  get [Symbol.toStringTag]() { return shout(); },
  toString() { return shout(); },
  toJSON() { return shout(); },
  [Symbol.toPrimitive]() { return shout(); },
  [require('util').inspect.custom]() { return shout(); },
};
const traps = new Proxy({}, { get() { return shout(); } });
const proxy = new Proxy({}, traps);
class Loud { static get name() { return shout(); } }
Object.defineProperty(Loud.prototype, 'constructor', { get() { return shout(); } });
const loud = new Loud();
const list = Object.defineProperty([1, 2], 0, { get() { return shout(); } });
const error = new Error('quiet');
Object.defineProperty(error, 'message', { get() { return shout(); } });
function takes(a, b = a, ...c) { let d = b; return c.length; }
const given = takes(object, proxy, loud, list, error);
let asked = 'no';
try { asked = object.own; } catch (e) { asked = e.message; }
console.log(given, shouts, asked);
