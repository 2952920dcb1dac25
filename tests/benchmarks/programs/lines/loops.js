// Plain loops over numbers: 30,000 rounds.
let total = 0;
for (let round = 0; round < 30_000; round++) {
  const part = round % 7;
  total += part;
}
console.log(total);
