let n = 1;
debugger;
function stops(x) {
  n += x;
  debugger; n *= 2;
  return n;
}
stops(2);
if (n) debugger;
for (let i = 0; i < 2; i++) { debugger }
console.log(n);
