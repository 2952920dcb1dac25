// Small programs, each with two of its lines: the first came first, by one of these rules, and whether that was luck.
#pragma once

#include <vector>

namespace bistro::tests {

struct BeforeRow {
    const char* name;
    const char* program; // "case NAME": of tests/cases
    const char* first;
    const char* second;
    const char* rule; // "one|other"
    bool race = false;
};

[[nodiscard]] inline const std::vector<BeforeRow>& beforeRows()
{
    static const std::vector<BeforeRow> rows {
        {"immediates of one check phase, one queued by an await", "case chain-imm", "G", "H", "queue-in-order"},
        {"immediates of one check phase, one queued by a tick", "case chain-imm2", "G", "H", "queue-in-order"},
        {"timers of one list, one set by a promise", "case chain-timer3", "first", "second", "timer-lists"},
        {"timers, one set by a promise", "case chain-timers2", "quick", "slow", "timer-at-least"},
        {"timers, one set by a tick", "case chain-timers", "short", "long", "timer-at-least"},
        {"a file long before a timer", "case chain-io", "file", "timer", "timer-at-least"},
        {"a timer before one that a file sets", "case timers-io", "timer", "file",
            "timer-at-least|pool-line|pool-works|ring-order"},
        {"ticks left over by an error", "case throw-imm", "next", "tick", "error-leaves"},
        {"a handler of an error before the next immediate", "case throw-imm", "caught", "next", "queue-in-order"},
        {"ticks of an immediate", "case nothrow-imm", "tick", "next", "drain-after-callback"},
        {"a parser's callback within the socket's", "case nested-scope", "response", "raw data", "synchronous-calls"},
        {"a scope within a handler of an error", "case law-uncaught", "in the scope", "tick", "synchronous-calls"},
        {"a scope within a handler of a rejection", "case law-unhandled", "in the scope", "tick", "synchronous-calls"},
        {"a handler of a rejection before an immediate", "case law-unhandled2", "in the scope", "imm",
            "rejection-after-drain"},
        {"a scope within beforeExit", "case law-beforeexit", "in the scope", "tick", "synchronous-calls"},
        {"a function bound within a handler", "case law-bind", "lost: no fish table 4", "tick", "synchronous-calls"},
        {"a scope within rejectionHandled", "case law-handled", "in the scope", "tick", "synchronous-calls"},
        {"two pieces of one connection", "case sock", "data one", "data two", "stream-in-order"},
        {"the end of a connection", "case sock", "data two", "end", "stream-in-order"},
        {"a child's exit and its close", "case spawnnames", "exit 2", "close 2", "stream-in-order|synchronous-calls"},
        {"a child's end long before a timer", "case child-gone", "child exit", "timer", "timer-at-least"},
        {"a file that was done long before poll looked", "case stat-imm", "stat", "immediate", "ring-order"},
        {"a promise before the handler of a rejection", "case unhandled", "then", "unhandled", "rejection-after-drain"},
        {"the handler of a rejection before a timer", "case unhandled", "unhandled", "timer", "rejection-after-drain"},
        {"beforeExit when nothing is left", "case exits", "timer", "beforeExit", "ends-when-nothing-is-left"},
        {"exit at the end", "case exits", "beforeExit", "exit", "ends-when-nothing-is-left"},
        {"two lines of one write", "case multi", "one", "two", "synchronous-calls"},
        {"a line of the script before an immediate", "case multi", "two", "four", "order-after-its-placer"},
        {"what an immediate settles", "case imm-emit", "immediate goes on", "continued", "order-after-its-placer"},
        {"what a tick settles", "case tick-emit", "tick goes on", "continued", "order-after-its-placer"},
        {"awaits with AsyncLocalStorage",
            "const { AsyncLocalStorage } = require("
            "'async_hooks');\nconst table = new AsyncLocalStorage();\n"
            "const wait = ms => new Promise(done => setTimeout(done, ms));\n"
            "async function serve(n) { await wait(80 * n); console.log('table', n); }\n"
            "for (const n of [2, 1]) table.run(n, serve, n);\n",
            "table 1", "table 2", "drain-after-callback"},
        {"pieces of a stream",
            "const { Readable } = require('stream');\n"
            "Readable.from(['a', 'b']).on('data', d => console.log('piece', d)).on('end', () => console.log('end'));\n"
            "",
            "piece a", "piece b", "synchronous-calls|order-after-its-placer|drain-after-callback|queue-in-order"},
        {"a pipe of a child before its close",
            "const child = require('child_process').spawn('sh', ['-c', 'echo hello']);\n"
            "child.on('close', () => console.log('close'));\n"
            "child.stdout.on('data', () => console.log('data'));\n"
            "child.on('exit', () => console.log('exit'));\n"
            "",
            "data", "close", "stream-in-order"},
        {"both ends of one connection",
            "const net = require('net');\n"
            "const server = net.createServer(c => c.on('data', () => { console.log('server heard'); c.end('yes'); "
            "}));\n"
            "server.listen(0, '127.0.0.1', () => {\n"
            "  const client = net.connect(server.address().port, '127.0.0.1', () => client.write('there?'));\n"
            "  client.on('data', () => console.log('client heard'));\n"
            "  client.on('close', () => { console.log('client closed'); server.close(); });\n"
            "});\n"
            "",
            "server heard", "client heard", "stream-in-order"},
        {"data of a socket before its close",
            "const net = require('net');\n"
            "const server = net.createServer(c => c.on('data', () => { console.log('server heard'); c.end('yes'); "
            "}));\n"
            "server.listen(0, '127.0.0.1', () => {\n"
            "  const client = net.connect(server.address().port, '127.0.0.1', () => client.write('there?'));\n"
            "  client.on('data', () => console.log('client heard'));\n"
            "  client.on('close', () => { console.log('client closed'); server.close(); });\n"
            "});\n"
            "",
            "client heard", "client closed", "stream-in-order"},
        {"messages of one worker",
            "const { Worker } = require('worker_threads');\n"
            "const worker = new Worker(\"const { parentPort } = require('worker_threads'); "
            "parentPort.postMessage('one'); parentPort.postMessage('two');\", { eval: true });\n"
            "worker.on('message', m => console.log('message', m));\n"
            "worker.on('exit', () => console.log('exit'));\n"
            "",
            "message one", "message two", "stream-in-order|synchronous-calls"},
        {"a worker's message before its exit",
            "const { Worker } = require('worker_threads');\n"
            "const worker = new Worker(\"const { parentPort } = require('worker_threads'); "
            "parentPort.postMessage('one'); parentPort.postMessage('two');\", { eval: true });\n"
            "worker.on('message', m => console.log('message', m));\n"
            "worker.on('exit', () => console.log('exit'));\n"
            "",
            "message two", "exit", "stream-in-order|synchronous-calls"},
        {"an answer over one connection",
            "const http = require('http');\n"
            "const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });\n"
            "const server = http.createServer((q, r) => { console.log('asked', q.url); r.end('x'); }).listen(0, "
            "'127.0.0.1', () => {\n"
            "  const get = (url, done) => http.get({ port: server.address().port, host: '127.0.0.1', path: url, agent "
            "}, r => { console.log('answered', url); r.resume(); r.on('end', done); });\n"
            "  get('/soup', () => {});\n"
            "  get('/fish', () => { agent.destroy(); server.close(); });\n"
            "});\n"
            "",
            "asked /soup", "answered /soup", "stream-in-order"},
        {"two requests on one connection",
            "const http = require('http');\n"
            "const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });\n"
            "const server = http.createServer((q, r) => { console.log('asked', q.url); r.end('x'); }).listen(0, "
            "'127.0.0.1', () => {\n"
            "  const get = (url, done) => http.get({ port: server.address().port, host: '127.0.0.1', path: url, agent "
            "}, r => { console.log('answered', url); r.resume(); r.on('end', done); });\n"
            "  get('/soup', () => {});\n"
            "  get('/fish', () => { agent.destroy(); server.close(); });\n"
            "});\n"
            "",
            "answered /soup", "answered /fish", "stream-in-order|order-after-its-placer|drain-after-callback"},
        {"an interval against a timer",
            "let n = 0;\n"
            "const t = setInterval(() => { console.log('ring', ++n); if (n === 3) clearInterval(t); }, 20);\n"
            "setTimeout(() => console.log('once'), 50);\n"
            "",
            "ring 1", "once", "timer-at-least"},
        {"rings of an interval",
            "let n = 0;\n"
            "const t = setInterval(() => { console.log('ring', ++n); if (n === 3) clearInterval(t); }, 20);\n"
            "setTimeout(() => console.log('once'), 50);\n"
            "",
            "ring 2", "ring 3", "order-after-its-placer"},
        {"awaits in turns",
            "async function a() { console.log('a begins'); await null; console.log('a goes on'); await null; "
            "console.log('a ends'); }\n"
            "async function b() { console.log('b begins'); await null; console.log('b goes on'); }\n"
            "a(); b();\n"
            "",
            "a goes on", "b goes on", "queue-in-order"},
        {"an await that waits for a note",
            "async function a() { console.log('a begins'); await null; console.log('a goes on'); await null; "
            "console.log('a ends'); }\n"
            "async function b() { console.log('b begins'); await null; console.log('b goes on'); }\n"
            "a(); b();\n"
            "",
            "b begins", "a goes on", "order-after-its-placer"},
        {"Promise.race before Promise.all",
            "const wait = (ms, v) => new Promise(done => setTimeout(done, ms, v));\n"
            "Promise.all([wait(10), wait(60)]).then(() => console.log('all'));\n"
            "Promise.race([wait(10), wait(60)]).then(() => console.log('race'));\n"
            "",
            "race", "all", "drain-after-callback"},
        {"a listener in a callback",
            "const { EventEmitter } = require('events');\n"
            "const kitchen = new EventEmitter();\n"
            "kitchen.on('done', () => console.log('heard'));\n"
            "setTimeout(() => { kitchen.emit('done'); console.log('emitted'); }, 5);\n"
            "",
            "heard", "emitted", "synchronous-calls"},
        {"a tick that a promise queues",
            "Promise.resolve().then(() => { process.nextTick(() => console.log('tick')); }).then(() => "
            "console.log('then'));\n"
            "",
            "then", "tick", "drain-to-end"},
        {"a close event from a tick",
            "const net = require('net');\n"
            "const server = net.createServer().listen(0, () => {\n"
            "  server.on('close', () => console.log('closed'));\n"
            "  server.close();\n"
            "  setImmediate(() => console.log('immediate'));\n"
            "});\n"
            "",
            "closed", "immediate", "drain-after-callback"},
        {"AbortSignal.timeout",
            "AbortSignal.timeout(10).addEventListener('abort', () => console.log('aborted'));\n"
            "setTimeout(() => console.log('timer'), 80);\n"
            "",
            "aborted", "timer", "timer-at-least"},
        {"a tick before queueMicrotask",
            "queueMicrotask(() => console.log('microtask'));\n"
            "Promise.resolve().then(() => console.log('then'));\n"
            "process.nextTick(() => console.log('tick'));\n"
            "",
            "tick", "microtask", "ticks-first"},
        {"queueMicrotask before then",
            "queueMicrotask(() => console.log('microtask'));\n"
            "Promise.resolve().then(() => console.log('then'));\n"
            "process.nextTick(() => console.log('tick'));\n"
            "",
            "microtask", "then", "queue-in-order"},
        {"an immediate that an immediate makes",
            "setImmediate(() => { console.log('one'); setImmediate(() => console.log('three')); });\n"
            "setImmediate(() => console.log('two'));\n"
            "",
            "two", "three", "queue-in-order|immediate-next-check"},
        {"an immediate before a file that takes many rounds",
            "const fs = require('fs');\n"
            "fs.readFile(__filename, () => console.log('file'));\n"
            "setImmediate(() => console.log('immediate'));\n"
            "",
            "immediate", "file", "ring-order"},
        {"an immediate in an I/O callback",
            "require('fs').stat(__filename, () => {\n"
            "  setTimeout(() => console.log('timeout'), 0);\n"
            "  setImmediate(() => console.log('immediate'));\n"
            "});\n"
            "",
            "immediate", "timeout", "check-after-poll"},
        {"a timer before a file, both ready long ago",
            "const fs = require('fs');\n"
            "setTimeout(() => console.log('timer'), 1);\n"
            "fs.stat(__filename, () => console.log('file'));\n"
            "const until = Date.now() + 100; while (Date.now() < until);\n"
            "",
            "timer", "file", "ring-order"},
        {"cooks side by side, one for long",
            "const crypto = require('crypto');\n"
            "const fs = require('fs');\n"
            "crypto.pbkdf2('a', 'b', 400000, 64, 'sha512', () => console.log('slow'));\n"
            "fs.stat(__filename, () => console.log('quick'));\n"
            "",
            "quick", "slow", "pool-works"},
        {"a request that is asked for only after a line",
            "const http = require('http');\n"
            "const server = http.createServer((req, res) => { console.log('asked', req.url); res.end(); });\n"
            "const get = path => new Promise(done => http.get({ port: server.address().port, path, agent: false },\n"
            "  res => res.resume().on('end', done)));\n"
            "server.listen(0, async () => {\n"
            "  await get('/1'); console.log('answer'); await get('/2'); server.close(); });\n"
            "",
            "answer", "asked /2", "order-after-its-placer"},
        {"an await that the code comes to only after a line",
            "const wait = ms => new Promise(done => setTimeout(done, ms));\n"
            "(async () => {\n"
            "  const long = wait(12); await wait(10); console.log('one'); await long; console.log('two'); })();\n"
            "",
            "one", "two", "order-after-its-placer"},
        {"Promise.all waits for a line, too",
            "const wait = ms => new Promise(done => setTimeout(done, ms));\n"
            "(async () => {\n"
            "  await Promise.all([wait(12), wait(10).then(() => console.log('one'))]); console.log('two'); })();\n"
            "",
            "one", "two", "order-after-its-placer"},
        {"what one connection is told is passed on by another",
            "const net = require('net');\n"
            "const all = [];\n"
            "const server = net.createServer(s => { all.push(s); s.on('data', d => all[0].write(d)); s.write('hi'); "
            "});\n"
            "server.listen(0, () => {\n"
            "  const a = net.connect(server.address().port);\n"
            "  a.once('data', () => {\n"
            "    a.on('data', d => { console.log('a hears', String(d)); a.end(); server.close(); all[1].destroy(); "
            "});\n"
            "    const b = net.connect(server.address().port);\n"
            "    b.once('data', () => { console.log('b is in'); b.write('bye'); });\n"
            "  });\n"
            "});\n"
            "",
            "b is in", "a hears", "stream-in-order"},
        {"a worker comes up before it says anything",
            "const { Worker } = require('worker_threads');\n"
            "const code = 'require(`worker_threads`).parentPort.postMessage(1)';\n"
            "const worker = new Worker(code, { eval: true });\n"
            "worker.on('online', () => console.log('online'));\n"
            "worker.on('message', () => console.log('message'));\n"
            "",
            "online", "message", "stream-in-order|synchronous-calls"},
    };
    return rows;
}

} // namespace bistro::tests
