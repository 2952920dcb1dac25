// race: a datagram through loopback is there before its sender hears that it is sent, or after.
// Datagrams both ways, one at a time.
const dgram = require('node:dgram');
const server = dgram.createSocket('udp4');
const client = dgram.createSocket('udp4');
server.on('message', (message, from) => {
  console.log('server got', message.toString(), from.address, from.family, from.size);
  server.send(message.reverse(), from.port, from.address);
});
client.on('message', (message) => {
  console.log('client got', message.toString());
  if (message.toString() === 'owt')
    return server.close(() => client.close(() => console.log('both closed')));
  client.send('two', server.address().port, '127.0.0.1', (error, bytes) => console.log('sent', error, bytes));
});
server.bind(0, '127.0.0.1', () => {
  console.log('listening', server.address().address);
  client.send(['o', 'ne'], server.address().port, '127.0.0.1');
});
