// A socket's time-out only tells; destroying with an error shows it on this end, and an end or reset on the other.
const net = require('node:net');
const server = net.createServer((socket) => {
  socket.on('error', (error) => console.log('server error', error.code));
  socket.on('close', () => server.close());
  socket.resume();
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  client.setTimeout(20);
  client.on('timeout', () => {
    console.log('timeout', client.destroyed, client.timeout);
    client.destroy(new Error('had enough'));
  });
  client.on('error', (error) => console.log('client error', error.message));
  client.on('close', (hadError) => console.log('client close', hadError));
});
