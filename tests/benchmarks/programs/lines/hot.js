// Thirty million rounds, which V8 optimises.
function mix(a, b) {
  return (a * 31 + b) | 0;
}
function inner(rounds) {
  let sum = 0;
  for (let i = 0; i < rounds; i++) {
    sum = mix(sum, i);
    if (sum & 1) sum ^= 5;
  }
  return sum;
}
let all = 0;
for (let k = 0; k < 300; k++) all = mix(all, inner(100_000));
console.log(all);
