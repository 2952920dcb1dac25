// What goes wrong on either side has a name: refused, reset, aborted, malformed, too long.
const http = require('node:http');
const net = require('node:net');
const server = http.createServer((request, response) => {
  if (request.url === '/reset')
    return request.socket.destroy();
  response.write('part');
});
server.on('clientError', (error, socket) => {
  console.log('client error', error.code);
  socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const at = (path) => ({ port, host: '127.0.0.1', path, agent: false });
  http.get(at('/reset')).on('error', (error) => {
    console.log(error.code, error.message);
    const request = http.get(at('/part'), (response) => {
      response.on('data', (bytes) => {
        console.log(bytes.toString());
        request.destroy();
      });
      response.on('aborted', () => console.log('aborted'));
      response.on('error', (gone) => console.log(gone.code, gone.message));
      response.on('close', () => {
        console.log('complete', response.complete);
        const raw = net.connect(port, '127.0.0.1', () => raw.write('NOT HTTP\r\n\r\n'));
        raw.setEncoding('utf8');
        raw.on('data', (text) => console.log(JSON.stringify(text)));
        raw.on('close', () => server.close(() => http.get(at('/')).on('error', (refused) => console.log(refused.code))));
      });
    });
  });
});
