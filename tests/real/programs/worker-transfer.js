// A picture is given to a worker without a copy, made brighter there, and given back.
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

if (isMainThread) {
  const pixels = new Uint8Array(64 * 64).fill(100);
  const worker = new Worker(__filename, { workerData: { by: 20 } });

  worker.once('online', () => {
    console.log('the worker is there');
    worker.postMessage(pixels.buffer, [pixels.buffer]);
    console.log('bytes left here:', pixels.byteLength);
  });
  worker.on('message', buffer => {
    const bright = new Uint8Array(buffer);
    console.log('bytes back:', bright.length, 'value:', bright[0]);
    worker.postMessage('done');
  });
  worker.on('error', error => console.error(error));
  worker.on('exit', code => console.log('worker ended with', code));
} else {
  parentPort.on('message', message => {
    if (message === 'done') return parentPort.close();
    const pixels = new Uint8Array(message);
    for (let i = 0; i < pixels.length; i++) pixels[i] += workerData.by;
    parentPort.postMessage(pixels.buffer, [pixels.buffer]);
  });
}
