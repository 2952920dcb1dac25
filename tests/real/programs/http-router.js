// A server with a small router of its own, asked by fetch: notes are listed, added, and not found.
const http = require('node:http');

const notes = ['buy milk'];
const routes = {
  'GET /notes': (request, response) => send(response, 200, notes),
  'POST /notes': addNote,
  'GET /slow': (request, response) => setTimeout(() => send(response, 200, 'at last'), 30),
};

function send(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(value));
}

function addNote(request, response) {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    notes.push(JSON.parse(Buffer.concat(chunks)).text);
    send(response, 201, { count: notes.length });
  });
}

function notFound(request, response) {
  send(response, 404, { error: `nothing at ${request.url}` });
}

const server = http.createServer((request, response) => {
  const handler = routes[`${request.method} ${request.url}`] ?? notFound;
  handler(request, response);
});

server.listen(0, '127.0.0.1', async function listening() {
  const base = `http://127.0.0.1:${server.address().port}`;
  const list = await fetch(`${base}/notes`);
  console.log('list', list.status, await list.json());

  const added = await fetch(`${base}/notes`, { method: 'POST', body: JSON.stringify({ text: 'call Ann' }) });
  console.log('added', added.status, await added.json());

  const slow = await fetch(`${base}/slow`);
  console.log('slow', await slow.json());

  const missing = await fetch(`${base}/nowhere`);
  console.log('missing', missing.status, await missing.json());

  server.close(() => console.log('closed'));
});
