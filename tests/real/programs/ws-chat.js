// A chat by WebSockets: a room for two guests, who say something and leave one after the other.
// race: what each guest hears of the other comes by a connection of its own
const { WebSocketServer, WebSocket } = require('ws');

const room = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });

room.on('connection', (socket, request) => {
  socket.name = new URL(request.url, 'ws://room').searchParams.get('name');
  broadcast(`${socket.name} came`);
  socket.on('message', data => broadcast(`${socket.name}: ${data}`));
  socket.on('close', () => {
    broadcast(`${socket.name} left`);
    if (room.clients.size === 0) room.close(() => console.log('the room is closed'));
  });
});

function broadcast(text) {
  for (const client of room.clients) {
    if (client.readyState === WebSocket.OPEN) client.send(text);
  }
}

function enter(name, lines) {
  return new Promise(resolve => {
    const guest = new WebSocket(`ws://127.0.0.1:${room.address().port}/?name=${name}`);
    guest.on('open', () => resolve(guest));
    guest.on('message', data => {
      console.log(`[${name}]`, String(data));
      const answer = lines[String(data)];
      if (answer === 'leave') guest.close();
      else if (answer) guest.send(answer);
    });
  });
}

room.on('listening', async () => {
  await enter('Ann', { 'Bob came': 'hello Bob', 'Bob left': 'leave' });
  await enter('Bob', { 'Ann: hello Bob': 'hello Ann', 'Bob: hello Ann': 'leave' });
});
