// N awaits of an async function that awaits once itself.
const count = Number(process.argv[2] ?? 100000);

async function step(i) {
  await null;
  return i;
}

async function main() {
  const start = process.hrtime.bigint();
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += await step(i);
  }
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  console.log(JSON.stringify({ ms, count, sum }));
}

main();
