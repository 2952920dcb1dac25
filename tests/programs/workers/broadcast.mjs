// A broadcast channel reaches the others, not itself.
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
const channel = new BroadcastChannel('news');
channel.onmessage = ({ data }) => { console.log('main heard', data); };
const worker = new Worker(`
  const channel = new BroadcastChannel('news');
  channel.onmessage = ({ data }) => { channel.postMessage('heard ' + data); channel.close(); };
  require('node:worker_threads').parentPort.postMessage('ready');`, { eval: true });
await once(worker, 'message');
channel.postMessage('something');
await once(worker, 'exit');
await new Promise(setImmediate);
channel.close();
