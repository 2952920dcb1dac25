const net = require('node:net');
const { Readable } = require('node:stream');

const server = net.createServer(customer => customer.resume()).listen(0, '127.0.0.1', () => {
  const call = net.connect(server.address().port, '127.0.0.1', function connected() {
    call.on('close', () => console.log('socket closed: that was the closing phase'));
    call.destroy();
    setImmediate(() => console.log('immediate: check comes before closing'));

    const stream = Readable.from([]);
    stream.on('close', () => console.log('stream closed: that was a tick'));
    stream.destroy();

    server.close();
    console.log('end of the callback');
  });
});
