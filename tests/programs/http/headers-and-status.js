// Headers: case kept, lists joined, cookies not, and what may not be sent is refused with a code.
const http = require('node:http');
const server = http.createServer((request, response) => {
  console.log(request.rawHeaders.filter((_, i) => i % 2 === 0).join());
  console.log(request.headers.accept, request.headers.cookie, request.headers['x-list']);
  response.sendDate = false;
  response.setHeader('Set-Cookie', ['a=1', 'b=2']);
  response.appendHeader('X-List', 'one').appendHeader('X-List', 'two');
  console.log(response.getHeaderNames(), response.hasHeader('x-list'));
  for (const wrong of [['Bad Name', '1'], ['X-Bad', 'a\nb'], ['X-None', undefined]]) {
    try { response.setHeader(...wrong); } catch (error) { console.log(error.code, error.message); }
  }
  response.writeHead(418);
  try { response.setHeader('Late', '1'); } catch (error) { console.log(error.code); }
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  const headers = { Accept: 'text/*', 'X-List': ['1', '2'], Cookie: ['a=1', 'b=2'], Connection: 'close' };
  http.get({ port: server.address().port, host: '127.0.0.1', headers }, (response) => {
    console.log(response.statusCode, response.statusMessage, response.headers['set-cookie'], response.headers['x-list'], response.headers.date);
    response.resume().on('end', () => server.close());
  });
});
console.log(http.STATUS_CODES[404], http.METHODS.length > 30);
try { http.request({ path: '/a b' }); } catch (error) { console.log(error.code); }
