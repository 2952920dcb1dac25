// A chat over TCP: the server names its guests, passes on what they say, and ends when the last one has gone.
// race: each guest has a connection of its own
const net = require('node:net');

const guests = new Map();

const server = net.createServer(socket => {
  let pending = '';
  socket.setEncoding('utf8');
  socket.on('data', text => {
    pending += text;
    const lines = pending.split('\n');
    pending = lines.pop();
    for (const line of lines) hear(socket, line);
  });
  socket.on('end', () => {
    say(`${guests.get(socket)} went home`, socket);
    guests.delete(socket);
    if (guests.size === 0) server.close();
  });
  socket.on('error', error => console.log(error.code));
});

function hear(socket, line) {
  if (!guests.has(socket)) {
    guests.set(socket, line);
    return say(`welcome ${line}`);
  }
  say(`${guests.get(socket)} says ${line}`, socket);
}

function say(text, except) {
  for (const socket of guests.keys()) {
    if (socket !== except) socket.write(text + '\n');
  }
}

function join(name, script) {
  const client = net.connect({ port: server.address().port, host: '127.0.0.1' }, () => {
    client.write(`${name}\n`);
  });
  client.setEncoding('utf8');
  client.on('data', text => {
    for (const line of text.trim().split('\n')) {
      console.log(`${name} reads: ${line}`);
      script(client, line);
    }
  });
  client.on('close', () => console.log(`${name} is gone`));
}

server.on('close', () => console.log('server closed'));
server.listen(0, '127.0.0.1', () => {
  join('Ann', (client, line) => {
    if (line === 'welcome Ann') join('Bob', answer);
    if (line === 'Bob says hi') client.end('bye\n');
  });
});

function answer(client, line) {
  if (line === 'welcome Bob') client.write('hi\n');
  if (line === 'Ann went home') client.end();
}
