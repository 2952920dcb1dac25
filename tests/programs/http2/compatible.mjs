// The request/response form of HTTP/2, a body both ways, and a stream that is refused.
import http2 from 'node:http2';
import { once } from 'node:events';
const server = http2.createServer(async (request, response) => {
  if (request.url === '/refuse')
    return response.stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
  let text = '';
  for await (const part of request)
    text += part;
  response.writeHead(201, { 'x-length': text.length });
  response.end(text.toUpperCase());
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const session = http2.connect(`http://127.0.0.1:${server.address().port}`);
const stream = session.request({ ':method': 'POST', ':path': '/' });
stream.end('some body');
const [headers] = await once(stream, 'response');
console.log(headers[':status'], headers['x-length']);
stream.setEncoding('utf8');
console.log((await stream.toArray()).join(''));
const refused = session.request({ ':path': '/refuse' });
const [error] = await once(refused, 'error');
console.log(error.code, error.message, refused.rstCode);
session.close();
server.close();
await once(server, 'close');
console.log('closed');
