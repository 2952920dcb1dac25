// Upgrade hands the socket over; "100 Continue" lets the client send its body.
const http = require('node:http');
const server = http.createServer((request, response) => {
  request.resume().on('end', () => response.end('thanks'));
});
server.on('checkContinue', (request, response) => {
  console.log('server: continue');
  response.writeContinue();
  server.emit('request', request, response);
});
server.on('upgrade', (request, socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  socket.pipe(socket);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const request = http.request({ port, host: '127.0.0.1', method: 'POST', headers: { Expect: '100-continue' }, agent: false });
  request.flushHeaders();
  request.on('continue', () => {
    console.log('client: continue');
    request.end('body');
  });
  request.on('response', (response) => {
    response.on('data', (bytes) => console.log(bytes.toString()));
    response.on('end', () => {
      const upgrade = http.request({ port, host: '127.0.0.1', headers: { Connection: 'Upgrade', Upgrade: 'echo' } });
      upgrade.end();
      upgrade.on('upgrade', (answer, socket) => {
        console.log(answer.statusCode, answer.headers.upgrade);
        socket.on('data', (bytes) => {
          console.log(bytes.toString());
          socket.end();
          server.close();
        });
        socket.write('ping');
      });
    });
  });
});
