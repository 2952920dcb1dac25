// A program that waits, and has some lines to tell meanwhile: how long does it think that it took? Argument: its shape.
// Prints milliseconds by performance.now(), Date.now() and process.hrtime.
const { exec, execSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const { setTimeout: sleep } = require('node:timers/promises');
const { Worker } = require('node:worker_threads');

function stir(times) {
  const pot = { salt: 0, list: [], lid: { on: true, turns: 0 } };
  for (let i = 0; i < times; i++) {
    pot.list[i % 10] = i;
    pot.lid.turns = i;
    pot.salt += i % 3;
  }
  return pot.salt;
}
const rounds = 100; // 400 lines
const served = (server, work) => new Promise((resolve) => {
  server.listen(0, '127.0.0.1', async () => {
    await work(server.address().port);
    server.close(resolve);
  });
});
const fetched = (port) => new Promise((resolve, reject) => {
  http.get({ port, host: '127.0.0.1', agent: false }, (answer) => answer.resume().on('end', resolve)).on('error', reject);
});

const shapes = {
  timer: () => new Promise((resolve) => {
    setTimeout(resolve, 120);
    stir(rounds);
  }),
  chain: async () => {
    for (let turn = 0; turn < 5; turn++) {
      await sleep(30);
      stir(rounds);
    }
  },
  interval: () => new Promise((resolve) => {
    let turns = 0;
    const each = setInterval(() => {
      stir(rounds);
      if (++turns < 6) return;
      clearInterval(each);
      resolve();
    }, 25);
  }),
  together: () => Promise.all([40, 80, 120].map(async (time) => {
    await sleep(time);
    stir(rounds);
  })),
  race: () => Promise.race([sleep(90), sleep(200).then(() => stir(rounds))]),
  file: async () => {
    for (let turn = 0; turn < 5; turn++) {
      await fs.promises.readFile(__filename, 'utf8');
      stir(rounds);
      await sleep(20);
    }
  },
  pool: () => new Promise((resolve) => {
    let open = 3;
    for (let i = 0; i < 3; i++) crypto.pbkdf2('soup', 'salt', 60_000, 64, 'sha512', () => --open || resolve());
    stir(rounds);
  }),
  http: () => served(http.createServer((request, response) => {
    stir(rounds);
    setTimeout(() => response.end('soup'), 40);
  }), async (port) => {
    for (let turn = 0; turn < 3; turn++) await fetched(port);
  }),
  socket: () => served(net.createServer((socket) => socket.on('data', (data) => setTimeout(() => socket.end(data), 60))),
    (port) => new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => socket.write('soup'));
      stir(rounds);
      socket.on('data', () => stir(rounds)).on('close', resolve);
    })),
  child: () => new Promise((resolve) => {
    exec('sleep 0.1', resolve);
    stir(rounds);
  }),
  blocked: async () => {
    stir(rounds);
    execSync('sleep 0.1');
    stir(rounds);
  },
  atomics: async () => {
    stir(rounds);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    stir(rounds);
  },
  worker: () => new Promise((resolve) => {
    const cook = new Worker('setTimeout(() => require("node:worker_threads").parentPort.postMessage(1), 80)', { eval: true });
    stir(rounds);
    cook.on('message', () => stir(rounds)).on('exit', resolve);
  }),
};

const [shape] = process.argv.slice(2);
if (shape === undefined) {
  console.log(Object.keys(shapes).join('\n'));
} else {
  const begin = [performance.now(), Date.now(), process.hrtime.bigint()];
  shapes[shape]().then(() => {
    const end = [performance.now(), Date.now(), process.hrtime.bigint()];
    console.log([end[0] - begin[0], end[1] - begin[1], Number(end[2] - begin[2]) / 1e6].map((ms) => ms.toFixed(1)).join(' '));
  });
}
