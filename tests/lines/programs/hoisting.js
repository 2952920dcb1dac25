const before = [typeof later, typeof fn, value];
var value = 1;
function fn() {
  inner = 'set before';
  if (value) { var inner; var other = inner; }
  return [inner, other, typeof nested];
  function nested() {}
}
var later = function () {};
const results = fn();
{
  function blockFunction() { return 'block'; }
  var fromBlock = blockFunction();
}
const outside = typeof blockFunction;
if (false) { var never = 1; function alsoNever() {} }
for (var i = 0; i < 2; i++) { var each = i; }
var value;
var value = value + 1;
function twice() { return 1; }
function twice() { return 2; }
(function () { try { strict = 1; } finally { delete globalThis.strict; } })();
console.log(before.join(), results.join(), fromBlock, outside, never, typeof alsoNever, i, each, value, twice());
