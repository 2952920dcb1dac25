#!/usr/bin/env node
// A small HTTP load generator: keep-alive connections that each send the next
// request when the last answer has come whole. Only to this machine's loopback
// addresses; both the number of requests and the time are bounded.
//
//   load.mjs --port P [--path /] [--connections 16] [--warm-up 0]
//            [--requests 20000] [--seconds 5]       prints one line of JSON
//   load.mjs --wrk -d S -c N -t N [-H 'Name: value'] http://127.0.0.1:P/path
//            takes wrk's arguments and prints wrk's last line, for Node's own
//            benchmark files

import net from 'node:net';
import process from 'node:process';

const settings = {
  host: '127.0.0.1', path: '/', connections: 16, warmUp: 0, requests: 20000, seconds: 5, headers: [],
};
const args = process.argv.slice(2);
const asWrk = args[0] === '--wrk';
if (asWrk) {
  args.shift();
  if (args.includes('-h') || args.length === 0) { console.log('stands in for wrk'); process.exit(1); }
  settings.requests = 1e6;
  while (args.length > 0) {
    const arg = args.shift();
    if (arg === '-d') settings.seconds = Math.min(parseFloat(args.shift()), 10);
    else if (arg === '-c') settings.connections = Number(args.shift());
    else if (arg === '-t') args.shift();
    else if (arg === '-H') settings.headers.push(args.shift());
    else {
      const url = new URL(arg);
      if (url.protocol !== 'http:') { console.error('only http'); process.exit(1); }
      settings.host = url.hostname;
      settings.port = Number(url.port);
      settings.path = url.pathname + url.search;
    }
  }
} else {
  while (args.length > 0) {
    const arg = args.shift();
    const name = { '--port': 'port', '--connections': 'connections', '--warm-up': 'warmUp',
                   '--requests': 'requests', '--seconds': 'seconds' }[arg];
    if (name) settings[name] = Number(args.shift());
    else if (arg === '--path') settings.path = args.shift();
    else { console.error(`unknown option ${arg}`); process.exit(2); }
  }
}
if (!['127.0.0.1', 'localhost', '[::1]'].includes(settings.host) || !settings.port) {
  console.error('only to a port of this machine');
  process.exit(2);
}

const request = Buffer.from([
  `GET ${settings.path} HTTP/1.1`, `Host: localhost:${settings.port}`, ...settings.headers, '', '',
].join('\r\n'), 'latin1');

let sent = 0, answered = 0, errors = 0, reconnects = 0;
let start = process.hrtime.bigint();
let finished = false;
const sockets = new Set();
const total = settings.warmUp + settings.requests;

// The length of one whole answer at the start of the buffer, or 0 for not yet.
function answerLength(buffer) {
  const headerEnd = buffer.indexOf('\r\n\r\n');
  if (headerEnd < 0) return 0;
  const header = buffer.latin1Slice(0, headerEnd);
  if (!header.startsWith('HTTP/1.1 200')) errors++;
  const length = /\r\ncontent-length: *(\d+)/i.exec(header);
  if (length) {
    const end = headerEnd + 4 + Number(length[1]);
    return buffer.length >= end ? end : 0;
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(header)) return headerEnd + 4;
  let at = headerEnd + 4;
  for (;;) {
    const lineEnd = buffer.indexOf('\r\n', at);
    if (lineEnd < 0) return 0;
    const size = parseInt(buffer.latin1Slice(at, lineEnd), 16);
    at = lineEnd + 2 + size + 2;
    if (buffer.length < at) return 0;
    if (size === 0) return at;
  }
}

function open() {
  const socket = net.connect({ host: settings.host === '[::1]' ? '::1' : '127.0.0.1', port: settings.port, noDelay: true });
  sockets.add(socket);
  let pending = null;         // parts of an answer
  let size = 0, needed = 0;
  const send = () => {
    if (sent >= total) { socket.end(); return; }
    sent++;
    socket.write(request);
  };
  socket.on('connect', send);
  socket.on('data', (chunk) => {
    size += chunk.length;
    if (pending) pending.push(chunk); else pending = [chunk];
    if (size < needed) return;
    const whole = pending.length === 1 ? pending[0] : Buffer.concat(pending);
    const length = answerLength(whole);
    if (length === 0) {
      // Joining again only when twice as much has come keeps long answers cheap.
      pending = [whole];
      needed = whole.length > 65536 ? whole.length * 1.25 : 0;
      if (needed) expectLength(whole);
      return;
    }
    pending = null; size = 0; needed = 0;
    answered++;
    if (answered === settings.warmUp) start = process.hrtime.bigint();
    if (answered >= total) finish(); else send();
  });
  function expectLength(whole) {
    const header = whole.latin1Slice(0, Math.min(whole.length, 2048));
    const length = /\r\ncontent-length: *(\d+)/i.exec(header);
    const end = header.indexOf('\r\n\r\n');
    needed = length && end > 0 ? end + 4 + Number(length[1]) : 0;
  }
  socket.on('error', () => { errors++; });
  socket.on('close', () => {
    sockets.delete(socket);
    if (finished) return;
    if (sent < total && reconnects++ < 10000) open();
    else if (sockets.size === 0) finish();
  });
}

function finish() {
  if (finished) return;
  finished = true;
  clearTimeout(limit);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const counted = Math.max(0, answered - settings.warmUp);
  for (const socket of sockets) socket.destroy();
  if (asWrk) console.log(`Requests/sec: ${(counted / seconds).toFixed(2)}`);
  else console.log(JSON.stringify({ requests: counted, seconds, perSecond: counted / seconds, errors, reconnects }));
}

const limit = setTimeout(finish, settings.seconds * 1000);
for (let i = 0; i < settings.connections; i++) open();
