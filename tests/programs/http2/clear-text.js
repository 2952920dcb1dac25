// Two requests over one session, without encryption, and the session's end.
const http2 = require('node:http2');
const server = http2.createServer();
server.on('stream', (stream, headers) => {
  console.log('server:', headers[':method'], headers[':path'], stream.id);
  stream.respond({ ':status': 200, 'x-path': headers[':path'] });
  stream.end(`answer to ${headers[':path']}`);
});
server.listen(0, '127.0.0.1', async () => {
  const session = http2.connect(`http://127.0.0.1:${server.address().port}`);
  session.on('close', () => console.log('session closed'));
  for (const path of ['/one', '/two']) {
    const stream = session.request({ ':path': path });
    stream.on('response', (headers) => console.log(headers[':status'], headers['x-path']));
    stream.setEncoding('utf8');
    let text = '';
    for await (const part of stream)
      text += part;
    console.log(text);
  }
  session.close(() => server.close());
});
