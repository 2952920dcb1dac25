// A worker thread: data handed in, messages both ways, its end.
const { Worker, isMainThread, parentPort, workerData, threadId } = require('node:worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename, { workerData: { start: 5 }, argv: ['arg'] });
  worker.on('online', () => console.log('online'));
  worker.on('message', (message) => {
    console.log('main got', message);
    worker.postMessage(null);
  });
  worker.on('exit', (code) => console.log('exit', code, threadId));
  worker.postMessage(new Map([['list', [1, 2n, new Date(0), /x/g]]]));
} else {
  parentPort.once('message', (message) => {
    parentPort.postMessage({ message, start: workerData.start, argv: process.argv.slice(2), threadId });
    parentPort.once('message', () => parentPort.close());
  });
}
