// Fifty requests at once over eight connections, all answered, in whatever order.
import http from 'node:http';
import { once } from 'node:events';
const server = http.createServer((request, response) => {
  setImmediate(() => response.end(String(Number(request.url.slice(1)) ** 2)));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
const get = (n) => new Promise((resolve, reject) => {
  http.get({ port: server.address().port, host: '127.0.0.1', path: `/${n}`, agent }, async (response) => {
    let text = '';
    for await (const part of response)
      text += part;
    resolve(Number(text));
  }).on('error', reject);
});
const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => get(n)));
console.log(answers.join());
agent.destroy();
server.close();
