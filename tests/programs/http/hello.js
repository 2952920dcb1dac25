// One request, its answer, and the server closed behind it.
const http = require('node:http');
const server = http.createServer((request, response) => {
  console.log(request.method, request.url, request.httpVersion, request.headers['x-colour']);
  response.setHeader('X-Answer', 'yes');
  response.end('hello\n');
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/a?b=c', headers: { 'X-Colour': 'blue' }, agent: false }, (response) => {
    console.log(response.statusCode, response.statusMessage, response.headers['x-answer'], response.headers['content-length'] ?? response.headers['transfer-encoding']);
    response.setEncoding('utf8');
    let text = '';
    response.on('data', (part) => { text += part; });
    response.on('end', () => {
      console.log(JSON.stringify(text), response.complete);
      server.close(() => console.log('closed'));
    });
  });
});
