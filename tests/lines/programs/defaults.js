let made = 0;
const make = () => ++made;
function first(a = make(), b = a + make(), c = () => a + b) {
  a = 100;
  var d = c();
  return d;
}
function shadows(x, get = () => x) {
  var x;
  const before = x;
  x = 'inner';
  return before + x + get();
}
function body(a, b = () => a) { var a = 5; let c = b(); return c; }
const results = [first(), first(1), first(1, undefined, () => 'mine'), shadows('p'), body(1)];
const arrow = (a, { b = a, c = b } = {}, [d = c] = []) => `${a}${b}${c}${d}`;
results.push(arrow(1), arrow(1, { c: 2 }), arrow(1, {}, [3]));
let failed;
try { ((a = b, b = 1) => a)(); } catch (error) { failed = error.message; }
function few(a, b) { arguments[0] = 'changed'; return a + arguments.length + few.length; }
results.push(few(1), few(1, 2, 3));
console.log(results.join(), failed, made);
