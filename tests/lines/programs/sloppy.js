const object = { inside: 1, other: 'o' };
let result;
with (object) {
  inside += 1;
  let block = inside + other;
  result = block;
}
undeclared = 5;
undeclared++;
function self() { return this === globalThis; }
const isGlobal = self();
var let_ = 1, yield_ = 2;
var of = [1], async = 3, get = 4;
for (of of of);
label: label2: for (;;) break label;
var octal = 010, html = 1;
<!-- a comment of old
html += octal;
function dup(a, a) { return a; }
const second = dup(1, 2);
if (1) function inIf() { return 'f'; }
const kind = inIf();
delete object.inside;
delete globalThis.undeclared;
console.log(result, isGlobal, octal, html, second, kind, async + get);
