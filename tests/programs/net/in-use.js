// The second server on a port: an error event, or an uncaught error without a listener's help.
const net = require('node:net');
const first = net.createServer();
first.listen(0, '127.0.0.1', () => {
  const second = net.createServer();
  second.on('error', (error) => {
    console.log(error.code, error.syscall, second.listening);
    first.close(() => console.log('first closed'));
  });
  second.listen(first.address().port, '127.0.0.1');
});
