// Half of the ticks one from inside another, half queued a thousand at a time.
const count = Number(process.argv[2] ?? 500000);
const start = process.hrtime.bigint();
let left = count / 2;

function deep() {
  if (--left > 0) process.nextTick(deep);
  else wide();
}

let waiting = 0;
let rounds = count / 2 / 1000;

function one() {
  if (--waiting === 0) wide();
}

function wide() {
  if (rounds-- > 0) {
    waiting = 1000;
    for (let i = 0; i < 1000; i++) process.nextTick(one);
  } else {
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    console.log(JSON.stringify({ ms, count }));
  }
}

process.nextTick(deep);
