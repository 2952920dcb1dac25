// A pool of two workers that counts primes: six tasks, a queue, and the results as they come.
// race: two workers at a time
const { Worker } = require('node:worker_threads');
const path = require('node:path');

class WorkerPool {
  constructor(file, size) {
    this.idle = [];
    this.tasks = [];
    this.workers = Array.from({ length: size }, () => {
      const worker = new Worker(file);
      worker.on('message', result => {
        const { resolve } = worker.task;
        worker.task = null;
        resolve(result);
        this.idle.push(worker);
        this.next();
      });
      worker.on('error', error => worker.task.reject(error));
      this.idle.push(worker);
      return worker;
    });
  }
  run(limit) {
    return new Promise((resolve, reject) => {
      this.tasks.push({ limit, resolve, reject });
      this.next();
    });
  }
  next() {
    if (this.idle.length === 0 || this.tasks.length === 0) return;
    const worker = this.idle.pop();
    worker.task = this.tasks.shift();
    worker.postMessage(worker.task.limit);
  }
  close() {
    return Promise.all(this.workers.map(worker => worker.terminate()));
  }
}

async function main() {
  const pool = new WorkerPool(path.join(__dirname, 'fixtures', 'primes.js'), 2);
  const limits = [100, 1000, 2000, 3000, 4000, 5000];
  const results = await Promise.all(limits.map(async limit => {
    const count = await pool.run(limit);
    console.log(`up to ${limit}: ${count}`);
    return count;
  }));
  console.log('in all', results.reduce((a, b) => a + b));
  await pool.close();
  console.log('pool closed');
}

main();
