// race: the client and the server are two ends in one loop; which closes first is up to the kernel.
// A server on a port of the system's choice, one client, every event of both ends that has a fixed place.
const net = require('node:net');
const server = net.createServer((socket) => {
  console.log('server: connected from', socket.remoteAddress, socket.remoteFamily);
  socket.setEncoding('utf8');
  socket.on('data', (text) => socket.write(text.toUpperCase()));
  socket.on('end', () => {
    console.log('server: client has ended');
    server.close();
  });
});
server.on('close', () => console.log('server: closed'));
server.listen(0, '127.0.0.1', () => {
  const { address, family, port } = server.address();
  console.log('listening', address, family, port > 0);
  const client = net.connect(port, '127.0.0.1');
  client.on('connect', () => {
    console.log('client: connected', client.readyState);
    client.write('hello');
  });
  client.on('data', (bytes) => {
    console.log('client: got', bytes);
    client.end();
  });
  client.on('close', (hadError) => console.log('client: closed', hadError, client.bytesRead, client.bytesWritten));
});
