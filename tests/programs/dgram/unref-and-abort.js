// An unreferenced socket keeps nothing alive; an aborted signal closes one.
const dgram = require('node:dgram');
const idle = dgram.createSocket('udp4');
idle.bind(0, '127.0.0.1', () => idle.unref());
const stop = new AbortController();
const socket = dgram.createSocket({ type: 'udp4', signal: stop.signal });
socket.on('close', () => console.log('closed by the signal'));
socket.bind(0, '127.0.0.1', () => {
  console.log('bound');
  stop.abort();
});
process.on('exit', () => console.log('exit'));
