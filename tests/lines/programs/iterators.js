const log = [];
const range = (from, to) => ({
  [Symbol.iterator]() {
    let at = from;
    return {
      next() { const value = at++; return value > to ? { done: true, value: 'end' } : { done: false, value }; },
      return(value) { log.push('closed at ' + at); return { value }; },
    };
  },
});
for (const n of range(1, 3)) log.push(n);
for (const n of range(1, 9)) { if (n === 2) break; }
const [a, b] = range(5, 9);
const spread = [...range(1, 2), 'x'];
const max = Math.max(...range(1, 4));
try { for (const n of range(1, 9)) throw new Error('out ' + n); } catch ({ message }) { log.push(message); }
function early() { for (const n of range(7, 9)) return n; }
const seven = early();
const object = Object.fromEntries(new Map([['k', 1]]));
const broken = { [Symbol.iterator]() { return { next() { throw new TypeError('broken'); } }; } };
let kind;
try { const [first] = broken; } catch (error) { kind = error.name; }
const entries = [...['p', 'q'].entries()].map(([i, v]) => i + v);
const iterator = [1, 2, 3][Symbol.iterator]();
iterator.next();
const left = [...iterator];
console.log(log.join(), a, b, spread.join(), max, seven, object.k, kind, entries.join(), left.join());
