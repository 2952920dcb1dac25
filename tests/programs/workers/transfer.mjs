// A buffer that is transferred is gone here; one that is shared is in both; what cannot be cloned is refused.
import { Worker, MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { once } from 'node:events';
const shared = new Int32Array(new SharedArrayBuffer(8));
const worker = new Worker(`
  const { parentPort } = require('node:worker_threads');
  parentPort.once('message', ({ moved, shared, port }) => {
    new Uint8Array(moved)[0] = 7;
    port.postMessage({ bytes: new Uint8Array(moved) });
    port.close();
    Atomics.add(shared, 0, 42);
    Atomics.store(shared, 1, 1);
    Atomics.notify(shared, 1);
  });`, { eval: true });
const { port1, port2 } = new MessageChannel();
const moved = new ArrayBuffer(3);
worker.postMessage({ moved, shared, port: port2 }, [moved, port2]);
console.log('detached', moved.byteLength);
const [message] = await once(port1, 'message');
console.log(message);
console.log('waited', ['ok', 'not-equal'].includes(Atomics.wait(shared, 1, 0, 10000)), shared[0]);
await once(worker, 'exit');
try { worker.postMessage(() => {}); console.log('accepted after the end'); } catch (error) { console.log(error.name, error.message); }
const here = new MessageChannel();
try { here.port1.postMessage(() => {}); } catch (error) { console.log(error.name, error.message); }
here.port1.postMessage('queued');
console.log(receiveMessageOnPort(here.port2), receiveMessageOnPort(here.port2));
