// fetch against a server of our own: text, JSON, a stream, a redirect, an error status, an abort.
import http from 'node:http';
import { once } from 'node:events';
const server = http.createServer((request, response) => {
  if (request.url === '/away')
    return response.writeHead(302, { Location: '/json' }).end();
  if (request.url === '/json')
    return response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"a":[1,2]}');
  if (request.url === '/echo')
    return request.pipe(response);
  if (request.url === '/never')
    return;
  response.writeHead(404).end('nothing here');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const base = `http://127.0.0.1:${server.address().port}`;
const missing = await fetch(`${base}/nowhere`);
console.log(missing.ok, missing.status, missing.statusText, await missing.text(), missing.bodyUsed);
const away = await fetch(`${base}/away`);
console.log(away.redirected, new URL(away.url).pathname, away.headers.get('content-type'), await away.json());
const echo = await fetch(`${base}/echo`, { method: 'PUT', body: new URLSearchParams({ a: '1', b: 'ü' }) });
let text = '';
for await (const part of echo.body)
  text += new TextDecoder().decode(part);
console.log(text);
await fetch(`${base}/never`, { signal: AbortSignal.timeout(20) }).catch((error) => console.log(error.name, error.message));
server.closeAllConnections();
server.close();
await once(server, 'close');
await fetch(base).catch((error) => console.log(error.name, error.message, error.cause.code));
