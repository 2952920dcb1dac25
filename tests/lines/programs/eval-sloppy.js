// not recorded: added, hidden, made
var x = 1;
function sloppy(code) {
  var inner = 5;
  let block = 'b';
  var result = eval(code);
  inner += 1;
  return result + inner + block;
}
const one = sloppy('inner = 7; var added = 3; inner + added');
const two = sloppy('block = "c"; typeof added');
eval('var made = x + 1; x = 10;');
const indirect = (0, eval)('typeof x');
const built = new Function('a', 'b', 'const c = a * b; return c;');
const product = built(6, 7);
function withEval() { eval('var hidden = 1'); return typeof hidden; }
const three = withEval();
console.log(one, two, made, x, indirect, product, three);
