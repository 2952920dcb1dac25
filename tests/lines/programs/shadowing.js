let x = 'outer';
var seen = [];
{
  let x = 'block';
  seen.push(x);
  {
    const x = 'inner block';
    seen.push(x);
    try { throw 'caught'; } catch (x) { let y = x; seen.push(x); { let x = y + ' deeper'; seen.push(x); } }
  }
  seen.push(x);
}
function f(x) {
  seen.push(x);
  if (x) { let x = 'in if'; seen.push(x); }
  for (let x = 0; x < 2; x++) { let x = 'in for'; seen.push(x); }
  return function x() { return typeof x; };
}
const kind = f('argument')();
const early = (() => { try { return x; let x; } catch (error) { return error.name; } })();
function late() { const read = () => value; let got; try { got = read(); } catch { got = 'too early'; } let value = 1; got += read(); return got; }
const got = late();
let tdz = typeof undeclared;
console.log(seen.join(), kind, early, got, tdz, x);
