// An ES module as a worker, a worker within it, and unreferenced ones that keep nothing alive.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { once } from 'node:events';
const depth = isMainThread ? 0 : workerData;
if (depth < 2) {
  const worker = new Worker(new URL(import.meta.url), { workerData: depth + 1 });
  const [text] = await once(worker, 'message');
  const say = (message) => (isMainThread ? console.log(message) : parentPort.postMessage(message));
  say(`${text}, ${depth}`);
} else {
  parentPort.postMessage(`deepest ${depth}`);
}
if (isMainThread)
  new Worker('setInterval(() => {}, 1000)', { eval: true }).unref();
