let text = '';
outer: for (let i = 0; i < 3; i++) {
  inner: for (let j = 0; ; j++) {
    if (j === 2) continue outer;
    if (i === 2) break outer;
    if (i + j === 1) continue inner;
    text += `${i}${j} `;
  }
}
block: { const hidden = 1; if (hidden) break block; text = 'never'; }
let n = 3;
while (n > 0) { n--; if (n === 1) continue; text += n; }
do { n += 2; } while (n < 5);
for (const key in { a: 1, b: 2, __proto__: { c: 3 } }) text += key;
for (const index in 'xy') text += index;
for (var v of new Set([1, 1, 2])) text += v;
for (let a = 0, b = 10; a < b; a += 3, b -= 2) text += a * b;
for (;;) { if (++n > 8) break; }
for (text.last of ['p']);
const object = {};
for (object.field in { q: 1 }) n += 1;
let count = 0;
for (let i = 0, get = () => i; i < 3; i++) count += get();
if (!count) ; else text = '';
while (false) text = 'never';
console.log(text, n, v, object.field, count);
