// TLS without HTTP: protocol chosen by ALPN, session data, ends.
import tls from 'node:tls';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
const read = (name) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const cert = read('certificate.pem');
const server = tls.createServer({ key: read('key.pem'), cert, ALPNProtocols: ['echo', 'other'] }, (socket) => {
  console.log('server:', socket.alpnProtocol, socket.servername);
  socket.pipe(socket);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const client = tls.connect({ port: server.address().port, host: '127.0.0.1', ca: cert, servername: 'localhost', ALPNProtocols: ['echo'], maxVersion: 'TLSv1.2' });
await once(client, 'secureConnect');
console.log('client:', client.authorized, client.alpnProtocol, client.getProtocol(), client.isSessionReused());
client.end('x'.repeat(100000));
let length = 0;
for await (const bytes of client)
  length += bytes.length;
console.log('echoed', length);
server.close();
await once(server, 'close');
