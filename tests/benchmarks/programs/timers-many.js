// N timers set in one go, with a few different delays; the time until all fired.
const count = Number(process.argv[2] ?? 100000);
const start = process.hrtime.bigint();
let left = count;

function fired() {
  if (--left === 0) {
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    console.log(JSON.stringify({ ms, count }));
  }
}

for (let i = 0; i < count; i++) {
  setTimeout(fired, 1 + i % 5);
}
