// N awaits of a plain value, one after another, as a learner would write them.
const count = Number(process.argv[2] ?? 100000);

async function main() {
  const start = process.hrtime.bigint();
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += await i;
  }
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  console.log(JSON.stringify({ ms, count, sum }));
}

main();
