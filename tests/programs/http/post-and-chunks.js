// A body in chunks to the server, and chunks with a trailer back.
const http = require('node:http');
const server = http.createServer(async (request, response) => {
  const parts = [];
  for await (const part of request)
    parts.push(part);
  console.log(request.headers['transfer-encoding'], Buffer.concat(parts).toString());
  response.writeHead(201, 'Made', { 'Content-Type': 'text/plain', Trailer: 'X-Sum' });
  response.write('one ');
  response.write('two');
  response.addTrailers({ 'X-Sum': '2' });
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  const request = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', agent: false });
  request.on('response', async (response) => {
    let text = '';
    for await (const part of response)
      text += part;
    console.log(response.statusCode, response.statusMessage, text, { ...response.trailers });
    server.close();
  });
  request.write('first,');
  setImmediate(() => request.end('last'));
});
