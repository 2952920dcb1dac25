// A reader that pauses: write() says false, 'drain' comes once it reads again, nothing is lost.
const net = require('node:net');
const total = 8 * 1024 * 1024;
const server = net.createServer((socket) => {
  socket.pause();
  let got = 0;
  socket.on('data', (bytes) => { got += bytes.length; });
  socket.on('end', () => {
    console.log('server got', got);
    server.close();
  });
  server.resume = () => socket.resume();
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1', () => {
    console.log('write says', client.write(Buffer.alloc(total)), client.writableNeedDrain);
    client.once('drain', () => {
      console.log('drain', client.writableLength);
      client.end();
    });
    setImmediate(function wait() { server.resume ? server.resume() : setImmediate(wait); });
  });
});
