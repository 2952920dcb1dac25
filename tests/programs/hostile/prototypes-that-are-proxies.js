// Whoever looks at objects whose prototypes are proxies must not wake these: each trap that runs is printed.
const traps = [];
const told = (label) => new Proxy({}, { get(_, trap) { return (...all) => { traps.push(`${label}.${trap}`); return Reflect[trap](...all); }; } });
const spy = (target, label) => new Proxy(target, told(label));
const throwing = new Proxy({}, new Proxy({}, { get(_, trap) { if (trap !== 'set') throw new Error(`${trap} was asked for`); } }));
const on = (object, label) => Object.setPrototypeOf(object, spy(Object.getPrototypeOf(object), label));
const created = Object.create(spy({}, 'created'));
const empty = Object.create(throwing);
const filled = Object.create(throwing, { own: { value: 1, enumerable: true }, hidden: { value: 2 } });
const symbols = Object.create(throwing, { [Symbol('s')]: { value: 1, enumerable: true } });
const numbered = on({ 1: 1, 1000000: 2 }, 'numbered');
const list = on([1, 2, , 3], 'list');
const sparse = on([], 'sparse');
sparse[100000] = 1;
const named = on(Object.assign([1], { name: 'n' }), 'named');
const map = on(new Map([[created, empty]]), 'map');
const set = on(new Set([filled]), 'set');
const weak = on(new WeakMap(), 'weak');
const bytes = on(new Uint8Array(3), 'bytes');
const buffer = on(new ArrayBuffer(3), 'buffer');
const promise = on(Promise.resolve([1]), 'promise');
const date = on(new Date(0), 'date');
const pattern = on(/a/g, 'pattern');
const boxed = on(new Number(1), 'boxed');
const boxedText = on(new String('text'), 'boxedText');
const add = on(function add(a, b) { return a + b; }, 'add');
const nameless = on(() => {}, 'nameless');
delete nameless.name;
const bound = on(add.bind(null), 'bound');
const generator = on((function* () {})(), 'generator');
const passed = on((function () { return arguments; })(1, created), 'passed');
const sloppy = on((function (a) { return arguments; })(1, created), 'sloppy');
const error = on(new TypeError('no'), 'error');
const bare = on(new Error('no'), 'bare');
delete bare.message;
const deep = Object.create(Object.create(Object.create(throwing)));
const Base = spy(class { constructor() { this.a = 1; } }, 'Base');
class Derived extends Base { #p = 3; b = 2; up() { this.b++; return this.#p; } }
const derived = new Derived();
const asked = traps.length;
derived.up();
const changed = { created, list, derived, error };
created.a = 1;
Object.defineProperty(empty, 'a', { value: 1, enumerable: true });
list.push(4);
list.length = 0;
sparse[5] = created;
delete sparse[100000];
map.a = 1;
bytes.a = 1;
derived.c = Derived;
try {
  throw error;
} catch (caught) {
  caught.code = 1;
}
try {
  throw bare;
} catch (caught) {
  caught.code = 1;
}
try {
  throw created;
} catch (caught) {
  caught.b = 1;
}
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
const { proxy: revokedCall, revoke: revokeCall } = Proxy.revocable(() => 1, {});
const heir = Object.create(revoked);
revoke();
revokeCall();
const both = [revoked, revokedCall, heir];
try {
  throw revoked;
} catch (caught) {
  both.length = 2;
}
let end = 1;
end++;
console.log(asked, traps.slice(asked).join('\n'));
