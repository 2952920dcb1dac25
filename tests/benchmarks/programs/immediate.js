// Rounds of the loop with a hundred immediates each.
const count = Number(process.argv[2] ?? 300000);
const start = process.hrtime.bigint();
let rounds = count / 100;
let waiting = 0;

function one() {
  if (--waiting === 0) next();
}

function next() {
  if (rounds-- > 0) {
    waiting = 100;
    for (let i = 0; i < 100; i++) setImmediate(one);
  } else {
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    console.log(JSON.stringify({ ms, count }));
  }
}

next();
