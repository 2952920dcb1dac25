'use strict';
let outer = 'o';
function strict(code) {
  let inner = 5;
  const result = eval(code);
  return result + inner;
}
const one = strict('var own = 3; inner = own + 1; inner * 2');
const two = strict('(() => { inner++; return inner; })()');
let missing;
try { eval('undeclared = 1'); } catch (error) { missing = error.name; }
const made = eval('(function (a) { return a + outer; })');
const three = made('x');
const nested = eval('eval("outer + 1")');
console.log(one, two, missing, three, nested);
