// A server and its guests, with many connections at a time.
const http = require('http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 400 });
let left = 30_000;
let open = 0;
const server = http.createServer((request, response) => response.end('hello')).listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  function ask() {
    if (left-- <= 0) return;
    open++;
    http.get({ port, host: '127.0.0.1', agent, path: '/menu' }, (response) => {
      response.resume().on('end', () => {
        if (--open === 0 && left <= 0) { agent.destroy(); server.close(); }
        ask();
      });
    });
  }
  for (let i = 0; i < 400; i++) ask();
});
