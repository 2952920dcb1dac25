function sum() {
  let total = 0;
  for (let i = 0; i < arguments.length; i++) total += arguments[i];
  return total;
}
function linked(a, b) { a = 'new'; arguments[1] = 'also'; const both = arguments[0] + b; return both; }
function unlinked(a, b) { 'use strict'; a = 'new'; arguments[1] = 'also'; const both = arguments[0] + b; return both; }
function rest(first, ...others) { others.push(first); return others.length; }
function outer() { const arrow = () => arguments[0]; return arrow('not this'); }
function missing(a, b, c) { const kinds = `${typeof a}${typeof b}${typeof c}`; b = 2; return kinds + b; }
function named(arguments) { return arguments; }
const results = [sum(1, 2, 3), linked('a', 'b'), unlinked('a', 'b'), rest(1, 2, 3), outer('this'), missing(1), named('own')];
const bound = sum.bind(null, 10);
results.push(bound(5), sum.call(null, 1), sum.apply(null, [1, 2]), Reflect.apply(sum, null, [4]), sum(...[1, 2], 3));
console.log(results.join());
