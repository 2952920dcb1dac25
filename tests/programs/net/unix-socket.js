// A socket in the file system, and half-open connections.
const net = require('node:net');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unix-socket-'));
const file = path.join(folder, 'socket');
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let text = '';
  socket.on('data', (bytes) => { text += bytes; });
  socket.on('end', () => {
    socket.end(`you said ${text}`);
    server.close();
  });
});
server.listen(file, () => {
  console.log('address is the path:', server.address() === file, fs.statSync(file).isSocket());
  const client = net.connect(file, () => client.end('one, two'));
  client.setEncoding('utf8');
  client.on('data', (text) => console.log(text));
  client.on('close', () => console.log('exists after closing:', fs.existsSync(file)));
});
