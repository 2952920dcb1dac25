// A broadcast channel reaches the others, not itself.
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
const channel = new BroadcastChannel('news');
const heard = new Promise((resolve) => {
  channel.onmessage = ({ data }) => resolve(console.log('main heard', data));
});
const worker = new Worker(`
  const channel = new BroadcastChannel('news');
  channel.onmessage = ({ data }) => { channel.postMessage('heard ' + data); channel.close(); };
  require('node:worker_threads').parentPort.postMessage('ready');`, { eval: true });
await once(worker, 'message');
channel.postMessage('something');
// One that is busy just now sees the exit first, and then the channel is closed before anything is heard.
await Promise.all([heard, once(worker, 'exit')]);
channel.close();
