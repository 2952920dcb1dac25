// What a worker prints arrives through the main thread, all of it, before its exit is told.
const { Worker, isMainThread } = require('node:worker_threads');
if (isMainThread) {
  new Worker(__filename).on('exit', (code) => console.log('exit', code));
} else {
  for (let i = 0; i < 100; ++i)
    console.log('line', i);
  console.error('and an error');
}
