// A job of the pool beside the main script: who is first? Arguments: shape, job, its size and a short one's, rounds of lines.
// Without lines the rounds take hardly any time, so the order is clear. They have much to tell, so with lines on a clock that
// goes on meanwhile they take longer than the job.
const crypto = require('node:crypto');
const fs = require('node:fs');
const zlib = require('node:zlib');
const [shape, job, long, short, rounds] = process.argv.slice(2).map((text) => (/^\d/.test(text) ? Number(text) : text));

const jobs = {
  sha512: (size, done) => crypto.pbkdf2('soup', 'salt', size, 64, 'sha512', done),
  sha1: (size, done) => crypto.pbkdf2('soup', 'salt', size, 20, 'sha1', done),
  scrypt: (size, done) => crypto.scrypt('soup', 'salt', 64, { N: 1024, r: 1, p: size, maxmem: 2 ** 30 }, done),
  gzip: (size, done) => zlib.gzip(Buffer.alloc(size, 'soup and bread '), { level: 9, chunkSize: 2 ** 22 }, done),
};
const cook = (size, name) => jobs[job](size, () => console.log(name));

function stir(times) {
  const pot = { salt: 0, pepper: 1, stock: 'none', list: Array.from({ length: 60 }, (_, i) => i), lid: { on: true, turns: 0 } };
  for (let i = 0; i < times; i++) {
    pot.list[i % 60] = i;
    pot.lid.turns = i;
    pot.salt += i % 3;
  }
  return pot.salt;
}

switch (shape) {
  case 'nothing': { // how long the rounds take
    const start = performance.now();
    stir(rounds);
    console.log(performance.now() - start);
    break;
  }
  case 'job': { // how long the job takes
    const start = performance.now();
    jobs[job](long, () => console.log(performance.now() - start));
    break;
  }
  case 'timer':
    cook(long, 'job');
    setTimeout(() => console.log('timer'), 180);
    stir(rounds);
    break;
  case 'timers':
    cook(long, 'job');
    setTimeout(() => { console.log('early'); stir(rounds); }, 15);
    setTimeout(() => console.log('late'), 180);
    break;
  case 'second':
    cook(long, 'first');
    stir(rounds);
    cook(short, 'second');
    break;
  case 'file':
    cook(long, 'job');
    stir(rounds);
    fs.readFile(__filename, () => console.log('file'));
    break;
  case 'awaits':
    cook(long, 'job');
    (async () => {
      for (let turn = 0; turn < 10; turn++) {
        await turn;
        stir(rounds / 10);
      }
      setTimeout(() => console.log('timer'), 10);
    })();
    break;
}
