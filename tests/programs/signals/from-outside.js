// A signal from another process while a timer and a server wait.
const { execFile } = require('node:child_process');
const server = require('node:net').createServer().listen(0, '127.0.0.1');
process.on('SIGUSR2', (name) => {
  console.log('got', name);
  server.close(() => console.log('closed'));
  process.removeAllListeners('SIGUSR2');
});
server.on('listening', () => execFile('/bin/sh', ['-c', 'kill -USR2 $PPID']));
