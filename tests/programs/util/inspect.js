// util.inspect: depth, cycles, getters, classes, maps, proxies, its own symbol, styles of numbers.
const util = require('node:util');
class Point { #hidden = 1; constructor(x) { this.x = x; } get twice() { return this.x * 2; } static made = 0; }
class Null extends null {}
const cycle = { name: 'cycle', deep: { a: { b: { c: { d: 1 } } } } };
cycle.self = cycle;
console.log(cycle, new Point(1), Point, Null, Object.create(null), Object.create({ constructor: undefined }));
console.log(util.inspect(cycle, { depth: null, compact: false, breakLength: 40 }));
console.log([1.5, -0, 10n, NaN, Symbol('s'), undefined, null, 'it\'s', "a\n'b'", /x/g], [, 'hole', , ], new Array(200).fill(7));
console.log(new Map([[{ k: 1 }, new Set([1, [2]])]]), new WeakSet(), new Proxy({ a: 1 }, {}), util.inspect(new Proxy([1], { get() { throw new Error('never'); } }), { showProxy: true }));
console.log(util.inspect({ get a() { return 1; }, set b(value) {}, get c() { throw new Error('c'); } }, { getters: true }), { [Symbol('key')]: { [util.inspect.custom]: (depth, options) => `custom ${depth} ${typeof options.stylize}` } });
console.log(util.inspect({ s: 'text', n: 123456.789, f() {}, async *g() {}, d: new Date(NaN), e: new Uint8Array(3), b: Buffer.from('xy'), a: new ArrayBuffer(2) }, { colors: true, numericSeparator: true, sorted: true }));
console.log(Object.assign(() => {}, { extra: 1 }), Object.assign([1], { extra: 2 }), (function () { return arguments; })(1, 2), globalThis === util.inspect.x, [new Boolean(false), new String('boxed'), Object(1n)]);
console.log((function* () {})(), new Map([[1, 2]]).entries(), [3][Symbol.iterator](), Math, JSON, Reflect, Atomics);
const error = new RangeError('message', { cause: 'why' });
error.stack = 'RangeError: message\n    at somewhere';
error.extra = { more: true };
console.log(error, [error]);
