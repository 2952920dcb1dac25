// Writes a program that nests at random whatever the event loop knows, and ends by itself within some hundred milliseconds.
//
//     node generate.mjs SEED [settled] > program.mjs
//
// The same seed gives the same program. A program prints where it goes, which is a race wherever the clock, the kernel or the pool
// decides; a settled one asks none of these, and prints the same in every run.

let state = Number(process.argv[2]) >>> 0 || 1;
// mulberry32
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];

let label = 0;
let budget = 30 + below(50);

// Each takes a function that makes the statements of a callback, and returns statements.
const constructs = [
  (body) => `process.nextTick(() => { ${body()} });`,
  (body) => `process.nextTick((a, b) => { ${body()} }, 1, 2);`,
  (body) => `queueMicrotask(() => { ${body()} });`,
  (body) => `setImmediate(() => { ${body()} });`,
  (body) => `{ const i = setImmediate(() => { ${body()} }); if (${below(3) === 0}) clearImmediate(i); }`,
  (body) => `setImmediate(() => { ${body()} }).unref();`,
  (body) => `setTimeout(() => { ${body()} }, ${below(6)});`,
  (body) => `setTimeout(() => { ${body()} }, ${pick([0, 1, 1, 2, 5, 10])});`,
  (body) => `{ let n = ${1 + below(3)}; const t = setInterval(() => { if (--n <= 0) clearInterval(t); ${body()} }, ${1 + below(4)}); }`,
  (body) => `{ const t = setTimeout(() => { ${body()} }, ${2 + below(5)}); process.nextTick(() => { t.refresh(); }); }`,
  (body) => `{ const t = setTimeout(() => { ${body()} }, ${1 + below(5)}); setImmediate(() => { clearTimeout(t); }); ${body()} }`,
  (body) => `setTimeout(() => { ${body()} }, ${1 + below(3)}).unref();`,
  (body) => `{ const t = setTimeout(() => {}, ${1 + below(4)}); clearTimeout(t); setTimeout(() => { ${body()} }, ${1 + below(4)}); }`,
  (body) => `Promise.resolve().then(() => { ${body()} });`,
  (body) => `Promise.reject(new Error('caught')).catch(() => { ${body()} }).finally(() => { ${body()} });`,
  (body) => `new Promise((go) => { setTimeout(go, ${below(4)}); }).then(() => { ${body()} });`,
  (body) => `{ let go; const p = new Promise((f) => { go = f; }); p.then(() => { ${body()} }); p.then(() => { ${body()} }); ${pick(['go();', 'process.nextTick(go);', 'setImmediate(go);'])} }`,
  (body) => `Promise.resolve().then(() => Promise.resolve()).then(() => { ${body()} });`,
  (body) => `Promise.resolve({ then(go) { ${body()} go(); } }).then(() => { ${body()} });`,
  (body) => `Promise.${pick(['all', 'race', 'any', 'allSettled'])}([1, Promise.resolve(2), new Promise((go) => { setImmediate(go); })]).then(() => { ${body()} });`,
  (body) => `(async () => { ${body()} await ${pick(['null', 'Promise.resolve()', '{ then(go) { go(); } }', 'new Promise((go) => { setImmediate(go); })'])}; ${body()} })();`,
  (body) => `(async () => { try { await (async () => { await null; throw new Error('inner'); })(); } catch { ${body()} } })();`,
  (body) => `(async () => { ${pick(['return', 'return await'])} Promise.resolve(1); })().then(() => { ${body()} });`,
  (body) => `(async () => { for await (const x of [1, Promise.resolve(2)]) { ${body()} } })();`,
  (body) => `(async () => { async function* two() { yield 1; await null; yield 2; } for await (const x of two()) { ${body()} } })();`,
  (body) => `(class Own extends Promise {}).resolve(1).then(() => { ${body()} });`,
  (body) => `fs.stat('.', () => { ${body()} });`,
  (body) => `fs.readFile(process.argv[1], () => { ${body()} });`,
  (body) => `fs.promises.readFile(process.argv[1]).then(() => { ${body()} });`,
  (body) => `fs.access('/not-there', () => { ${body()} });`,
  (body) => `crypto.pbkdf2('p', 's', ${1 + below(40)}, 8, 'sha1', () => { ${body()} });`,
  (body) => `crypto.randomBytes(8, () => { ${body()} });`,
  (body) => `zlib.deflate('some text', () => { ${body()} });`,
  (body) => `dns.lookup('127.0.0.1', () => { ${body()} });`,
  (body) => `Readable.from(['a', 'b']).on('data', () => {}).on('end', () => { ${body()} });`,
  (body) => `{ const through = new PassThrough(); through.on('data', () => { ${body()} }); through.write('x'); through.end(); }`,
  (body) => `pipeline(Readable.from(['x']), new PassThrough(), new Writable({ write(c, e, done) { setImmediate(done); } }), () => { ${body()} });`,
  (body) => `{ const server = net.createServer((c) => { c.end('hello'); server.close(); }).listen(0, '127.0.0.1', () => { const c = net.connect(server.address().port, '127.0.0.1'); c.on('data', () => { ${body()} }).on('close', () => { ${body()} }); }); }`,
  (body) => `{ const server = http.createServer((q, s) => { s.end('ok'); }).listen(0, '127.0.0.1', () => { http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (s) => { s.resume().on('end', () => { server.close(); ${body()} }); }); }); }`,
  (body) => `child.execFile('true', () => { ${body()} });`,
  (body) => `new AsyncResource('Mine').runInAsyncScope(() => { ${body()} });`,
  (body) => `storage.run(${below(9)}, () => { ${body()} });`,
  (body) => `try { throw new Error('sync'); } catch { ${body()} }`,
  (body) => `${pick(['process.nextTick', 'setImmediate', 'queueMicrotask', 'setTimeout'])}(() => { ${body()} throw new Error('thrown'); });`,
  (body) => `{ const e = new EventEmitter(); e.on('x', () => { ${body()} }); e.emit('x'); }`,
  (body) => `{ const { port1, port2 } = new MessageChannel(); port1.on('message', () => { port1.close(); ${body()} }); port2.postMessage(1); }`,
  (body) => `{ const until = performance.now() + ${1 + below(3)}; while (performance.now() < until); ${body()} }`,
];

const outside = /setTimeout|setInterval|performance|\b(fs|crypto|zlib|dns|net|http|child)\.|MessageChannel|pipeline|Readable|PassThrough/;
const chosen = process.argv[3] === 'settled' ? constructs.filter((construct) => !outside.test(construct)) : constructs;

function statements(depth) {
  const out = [`say(${++label});`];
  for (let n = depth === 0 ? 5 + below(4) : below(3); n > 0 && budget > 0 && depth < 6; --n) {
    --budget;
    out.push(pick(chosen)(() => statements(depth + 1)));
  }
  return out.join(' ');
}

console.log(`// Seed ${process.argv[2]}.
import child from 'child_process';
import crypto from 'crypto';
import dns from 'dns';
import fs from 'fs';
import http from 'http';
import net from 'net';
import zlib from 'zlib';
import { AsyncLocalStorage, AsyncResource } from 'async_hooks';
import { EventEmitter } from 'events';
import { PassThrough, Readable, Writable, pipeline } from 'stream';

const storage = new AsyncLocalStorage();
const say = (n) => { console.log(n); };
process.on('uncaughtException', (e) => { console.log(e.message); });
process.on('unhandledRejection', (e) => { console.log('unhandled', e.message); });
${statements(0)}`);
