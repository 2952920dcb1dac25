// Chains of timers, each link set by the one before. Many run side by side, so
// that the loop is busy and not waiting for the next millisecond.
const links = Number(process.argv[2] ?? 50);
const chains = Number(process.argv[3] ?? 2000);
const start = process.hrtime.bigint();
let left = chains;

function link(n) {
  if (n > 0) {
    setTimeout(link, 1, n - 1);
  } else if (--left === 0) {
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    console.log(JSON.stringify({ ms, count: links * chains }));
  }
}

for (let i = 0; i < chains; i++) {
  setTimeout(link, 1, links - 1);
}
