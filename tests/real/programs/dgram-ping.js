// Ping over UDP: a server that answers, a client that measures, a ping that nobody answers.
const dgram = require('node:dgram');

const server = dgram.createSocket('udp4');
const client = dgram.createSocket('udp4');
const waiting = new Map();

server.on('message', (message, from) => {
  const { id, lost } = JSON.parse(message);
  if (lost) return;
  server.send(JSON.stringify({ id, pong: true }), from.port, from.address);
});

client.on('message', message => {
  const { id } = JSON.parse(message);
  const { resolve, timeout } = waiting.get(id);
  clearTimeout(timeout);
  waiting.delete(id);
  resolve(true);
});

function ping(id, lost = false) {
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => {
      waiting.delete(id);
      resolve(false);
    }, 60);
    waiting.set(id, { resolve, timeout });
    client.send(JSON.stringify({ id, lost }), server.address().port, '127.0.0.1', error => {
      if (error) reject(error);
    });
  });
}

server.on('listening', async () => {
  for (let id = 1; id <= 3; id++) {
    const answered = await ping(id, id === 2);
    console.log(`ping ${id}: ${answered ? 'pong' : 'no answer'}`);
  }
  client.close();
  server.close();
});

server.on('close', () => console.log('server closed'));
client.on('close', () => console.log('client closed'));
server.bind(0, '127.0.0.1');
