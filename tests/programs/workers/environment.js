// What a worker has of its own: environment, limits, no chdir, an exit that ends only itself.
const { Worker, isMainThread, parentPort, resourceLimits, SHARE_ENV, setEnvironmentData, getEnvironmentData } = require('node:worker_threads');
if (isMainThread) {
  process.env.WORD = 'main';
  setEnvironmentData('key', { deep: [1] });
  const worker = new Worker(__filename, { resourceLimits: { maxOldGenerationSizeMb: 64 } });
  worker.on('message', (message) => console.log(message));
  worker.on('exit', (code) => {
    console.log(code, process.env.WORD);
    new Worker('process.env.WORD = "shared"', { eval: true, env: SHARE_ENV }).on('exit', () => console.log(process.env.WORD));
  });
} else {
  process.env.WORD += ' changed';
  let chdir;
  try { process.chdir('/'); } catch (error) { chdir = error.code; }
  parentPort.postMessage({ word: process.env.WORD, data: getEnvironmentData('key'), limit: resourceLimits.maxOldGenerationSizeMb, chdir, title: typeof process.abort });
  setImmediate(() => process.exit(4));
}
