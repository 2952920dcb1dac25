const { Worker, isMainThread, parentPort } = require('node:worker_threads');

if (isMainThread) {
  let ticks = 0;
  const clock = setInterval(() => { ticks += 1; }, 5);
  const second = new Worker(__filename);
  second.on('message', sum => {
    console.log('the worker says', sum);
    console.log('meanwhile the first waiter went on serving:', ticks > 0);
    clearInterval(clock);
  });
} else {
  const until = Date.now() + 100;
  let sum = 0;
  while (Date.now() < until) sum = 42;
  parentPort.postMessage(sum);
}
