// flags: --expose-internals --no-warnings
// Which of Node's own modules a worker compiles from their code in the cache: those that the main thread has loaded.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
const { internalBinding } = require('internal/test/binding');
const path = require('node:path');
const vm = require('node:vm');

const started = () => new Promise((resolve, reject) => {
  new Worker(__filename).on('error', reject).on('message', resolve);
});

if (isMainThread) {
  for (let i = 0; i < 20_000; i++) path.join('soup', String(i), '..', 'tea'); // until V8 has made it quick
  vm.createContext();
  (async () => {
    console.log(await started());
    require('node:http2');
    console.log(await started());
    console.log(await Promise.all([started(), started()]));
  })();
} else {
  require('node:http2');
  const { compiledWithCache } = internalBinding('builtins').getCacheUsage();
  const looked = ['events', 'fs', 'internal/bootstrap/realm', 'path', 'internal/url', 'http2'];
  parentPort.postMessage(looked.map((id) => `${id} ${compiledWithCache.has(id)}`).join(', '));
}
