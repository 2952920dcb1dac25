function kind(value) {
  switch (typeof value) {
    case 'number': {
      const half = value / 2;
      return 'n' + half;
    }
    case 'string':
      value += '!';
    case 'boolean':
      return 'through ' + value;
    default:
      let late = 'other';
      return late;
  }
}
const kinds = [kind(3), kind('s'), kind(true), kind(null)];
let n = 0;
switch (kinds.length) {
  default: n += 100;
  case 1: n += 1; break;
  case 2: n += 2;
}
const one = () => { n++; return 1; };
switch (true) { case one() === 2: n = -1; case one() === 1: n *= 2; break; case one() === 1: n = 0; }
switch (5n) { case 5n: { let n = 'inner'; kinds.push(n); } }
for (const c of 'abc') { switch (c) { case 'b': continue; } kinds.push(c); }
switch (n) { }
console.log(kinds.join(), n);
