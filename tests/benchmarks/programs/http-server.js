// Hello, world. Ends by itself when someone asks for /stop.
const http = require('node:http');

const server = http.createServer((request, response) => {
  if (request.url === '/stop') {
    response.setHeader('Connection', 'close');
    server.close();
    setImmediate(() => server.closeAllConnections());
  }
  response.setHeader('Content-Type', 'text/plain');
  response.end('Hello, world\n');
});

server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port }));
});
