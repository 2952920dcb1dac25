// Four workers share the work; their results are put in order.
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
const code = `
  const { parentPort, workerData } = require('node:worker_threads');
  let sum = 0;
  for (let n = workerData.from; n < workerData.to; ++n)
    sum += n;
  Promise.resolve().then(() => setImmediate(() => parentPort.postMessage(sum)));`;
const sums = await Promise.all([0, 1, 2, 3].map(async (i) => {
  const worker = new Worker(code, { eval: true, workerData: { from: i * 1000, to: (i + 1) * 1000 } });
  const [[sum]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
  return sum;
}));
console.log(sums, sums.reduce((a, b) => a + b));
