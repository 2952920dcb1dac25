// Reads a log file line by line, twice: by events, then by an async loop that looks each user up.
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');

const log = path.join(__dirname, 'fixtures', 'access.log');
const names = { 1: 'Ann', 2: 'Bob' };

function lookUp(id) {
  return new Promise(resolve => setTimeout(() => resolve(names[id] ?? 'a stranger'), 5));
}

function countLevels(done) {
  const levels = new Map();
  const reader = readline.createInterface({ input: fs.createReadStream(log), crlfDelay: Infinity });
  reader.on('line', line => {
    const level = line.split(' ')[0];
    levels.set(level, (levels.get(level) ?? 0) + 1);
  });
  reader.on('close', () => done(levels));
}

async function printUsers() {
  const reader = readline.createInterface({ input: fs.createReadStream(log) });
  let number = 0;
  for await (const line of reader) {
    number++;
    const id = line.match(/user=(\d+)/)?.[1];
    if (id) console.log(`${number}: ${await lookUp(id)}`);
  }
  return number;
}

countLevels(levels => {
  for (const [level, count] of levels) console.log(level, count);
  printUsers().then(total => console.log('lines:', total));
});
