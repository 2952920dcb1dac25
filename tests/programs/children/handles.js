// race: the answer through the kernel and the end of the child meet in any order.
// A listening server is sent to the child, which answers the connection.
const { fork } = require('node:child_process');
const net = require('node:net');
if (process.argv[2] === 'child') {
  process.on('message', (message, server) => {
    server.on('connection', (socket) => {
      socket.end('from the child');
      server.close();
      process.disconnect();
    });
    process.send('ready');
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    child.send('server', server, () => server.close());
    child.once('message', () => {
      net.connect(port, '127.0.0.1').on('data', (bytes) => console.log(bytes.toString()));
    });
  });
  child.on('exit', (code) => console.log('exit', code));
}
