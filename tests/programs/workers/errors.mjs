// A worker that throws, rejects, exits, is terminated, does not exist.
import { Worker } from 'node:worker_threads';
const ending = (code, act) => new Promise((resolve) => {
  const told = [];
  const worker = new Worker(code, { eval: true, stdout: true, stderr: true });
  worker.on('error', (error) => told.push(`error ${error.name} ${error.message} ${error.code ?? ''}`));
  worker.on('exit', (exit) => resolve([...told, `exit ${exit}`].join(', ')));
  act?.(worker);
});
console.log(await ending('throw new TypeError("thrown")'));
console.log(await ending('Promise.reject(new RangeError("rejected"))'));
console.log(await ending('setTimeout(() => process.exit(9), 1)'));
console.log(await ending('for (;;);', (worker) => worker.on('online', () => worker.terminate())));
console.log(await ending('syntax error'));
console.log(await ending('throw { plain: 1 }'));
console.log(await ending('require("./none")').then((text) => text.split('\n')[0]));
try { new Worker('relative.js'); } catch (error) { console.log(error.code); }
await new Promise((resolve) => new Worker('/no/such/file.js').on('error', (error) => resolve(console.log(error.code))));
