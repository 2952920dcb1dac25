// race: two workers are two processes.
// Two workers share a port; the primary hears everything and ends after them.
const cluster = require('node:cluster');
const http = require('node:http');
if (cluster.isPrimary) {
  let ready = 0;
  for (let i = 0; i < 2; ++i)
    cluster.fork();
  cluster.on('online', (worker) => console.log('online', worker.id));
  cluster.on('listening', async (worker, address) => {
    console.log('listening', worker.id, address.address);
    if (++ready < 2)
      return;
    const ask = () => new Promise((resolve) => http.get({ port: address.port, host: '127.0.0.1', agent: false }, (response) => response.setEncoding('utf8').on('data', resolve)));
    console.log([await ask(), await ask()].sort());
    for (const one of Object.values(cluster.workers))
      one.disconnect();
  });
  cluster.on('exit', (worker, code, signal) => console.log('exit', worker.id, code, signal, worker.exitedAfterDisconnect));
} else {
  http.createServer((request, response) => response.end(`worker ${cluster.worker.id}`)).listen(0, '127.0.0.1');
}
