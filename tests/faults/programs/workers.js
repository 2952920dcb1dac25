// Starts workers without end, and catches the error that there are too many.
const { Worker } = require('node:worker_threads');
const workers = [];
try {
  for (;;) workers.push(new Worker('setInterval(() => {}, 1000)', { eval: true }));
} catch (error) {
  console.log(`${workers.length} workers, then ${error.code}`);
}
setInterval(() => {}, 1000);
