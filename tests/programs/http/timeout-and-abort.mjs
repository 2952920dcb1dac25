// A request that takes too long: the time-out tells, an abort signal ends.
import http from 'node:http';
import { once } from 'node:events';
const server = http.createServer(() => {}).listen(0, '127.0.0.1');
await once(server, 'listening');
const where = { port: server.address().port, host: '127.0.0.1', agent: false };
const slow = http.get({ ...where, timeout: 20 });
await once(slow, 'timeout');
console.log('timeout', slow.destroyed);
slow.destroy(new Error('too slow'));
const [error] = await once(slow, 'error');
console.log(error.message);
const stop = new AbortController();
const stopped = http.get({ ...where, signal: stop.signal });
setImmediate(() => stop.abort());
const [aborted] = await once(stopped, 'error');
console.log(aborted.name, aborted.code);
server.closeAllConnections();
server.close(() => console.log('closed'));
