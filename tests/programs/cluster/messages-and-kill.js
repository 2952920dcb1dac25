// One worker: messages, settings, a killed worker.
const cluster = require('node:cluster');
if (cluster.isPrimary) {
  cluster.setupPrimary({ args: ['one', 'two'], silent: false });
  const worker = cluster.fork({ WORD: 'given' });
  worker.on('message', (message) => {
    console.log(message, Object.keys(cluster.workers).length);
    worker.process.kill('SIGKILL');
  });
  worker.on('online', () => worker.send('hello'));
  worker.on('exit', (code, signal) => console.log('exit', code, signal, worker.isDead(), worker.exitedAfterDisconnect));
} else {
  process.on('message', (message) => process.send({ message, args: process.argv.slice(2), word: process.env.WORD, id: cluster.worker.id }));
}
