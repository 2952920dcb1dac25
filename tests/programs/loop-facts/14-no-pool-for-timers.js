// env: UV_THREADPOOL_SIZE=1
// Fact 14: with the only pool thread stuck, timers and sockets go on, and fs calls must queue.
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { execFileSync } = require('node:child_process');
const folder = fs.mkdtempSync(path.join(require('node:os').tmpdir(), 'fact-14-'));
const fifo = path.join(folder, 'fifo');
execFileSync('mkfifo', [fifo]);
fs.open(fifo, 'r', () => console.log('open finished')); // stuck until somebody opens it for writing
fs.stat(__filename, () => console.log('stat finished'));
setTimeout(() => {
  console.log('timer ran');
  const server = net.createServer((socket) => {
    console.log('socket connected');
    socket.end();
    server.close();
    fs.openSync(fifo, 'w'); // frees the pool thread
    fs.rmSync(folder, { recursive: true });
  }).listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').resume());
}, 1);
