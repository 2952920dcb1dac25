// An agent that keeps its connection uses it again; destroying the agent lets the program end.
import http from 'node:http';
import { once } from 'node:events';
let connections = 0;
const server = http.createServer((request, response) => response.end(request.url));
server.on('connection', () => { ++connections; });
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const get = (path) => new Promise((resolve, reject) => {
  const request = http.get({ port: server.address().port, host: '127.0.0.1', path, agent }, (response) => {
    let text = '';
    response.on('data', (part) => { text += part; });
    response.on('end', () => resolve([text, request.reusedSocket]));
  }).on('error', reject);
});
console.log(await get('/1'));
await new Promise(setImmediate);
console.log(await get('/2'));
console.log(await Promise.all([get('/3'), get('/4')]).then((all) => all.map(([text]) => text)));
console.log('connections', connections);
agent.destroy();
server.close();
