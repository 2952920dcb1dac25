// Nobody listens: the error says so, with the address, and closing follows it.
const net = require('node:net');
const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  server.close(() => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', (error) => {
      console.log(error.code, error.syscall, error.address, error.port === port);
      console.log(error.message.replace(port, 'PORT'));
    });
    socket.on('close', (hadError) => console.log('close', hadError, socket.destroyed));
  });
});
