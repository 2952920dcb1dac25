// Fact 16: a plain stream emits 'close' from a tick; a socket's comes from the closing phase.
const { Readable } = require('node:stream');
const net = require('node:net');
const server = net.createServer((socket) => {
  setImmediate(() => {
    console.log('immediate, check phase');
    setImmediate(() => console.log('immediate of the next iteration'));
  });
  socket.on('close', () => console.log('socket close, closing phase')).destroy();
  new Readable({ read() {} }).on('close', () => console.log('stream close, a tick')).destroy();
  process.nextTick(() => console.log('tick queued after destroy'));
  console.log('end of the callback');
  server.close();
}).listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').resume());
