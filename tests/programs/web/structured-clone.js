// What is cloned, what is moved, what is refused.
const cycle = { list: [1, , 3], date: new Date(0), map: new Map([[{}, new Set([1n])]]), error: new RangeError('r', { cause: 'c' }), pattern: /x/gi, none: undefined };
cycle.self = cycle;
const copy = structuredClone(cycle);
console.log(copy.self === copy, copy.list, copy.date, copy.map, copy.pattern, 'none' in copy, copy.error.name, copy.error.cause);
class Own { constructor() { this.a = 1; } get b() { return 2; } }
console.log(structuredClone(new Own()), structuredClone(Object(1n)), structuredClone(new Uint16Array([1, 2])));
const buffer = new ArrayBuffer(4);
const moved = structuredClone(buffer, { transfer: [buffer] });
console.log(buffer.byteLength, moved.byteLength);
for (const wrong of [() => {}, Symbol('s'), new WeakMap(), Promise.resolve(), new Proxy({}, {})]) {
  try { console.log(structuredClone(wrong)); } catch (error) { console.log(error.name, error.code, error.message); }
}
try { structuredClone(); } catch (error) { console.log(error.code); }
