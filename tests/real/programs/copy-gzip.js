// Copies a file by streams, packs it by gzip in a pipeline, unpacks it again, and compares.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const zlib = require('node:zlib');
const { pipeline, Transform } = require('node:stream');
const { promisify } = require('node:util');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'copy-'));
const file = name => path.join(folder, name);
const run = promisify(pipeline);

class Counter extends Transform {
  constructor() {
    super();
    this.bytes = 0;
  }
  _transform(chunk, encoding, done) {
    this.bytes += chunk.length;
    done(null, chunk);
  }
}

function writeReport() {
  return new Promise((resolve, reject) => {
    const out = fs.createWriteStream(file('report.txt'));
    for (let line = 1; line <= 5000; line++) out.write(`line ${line} of the report\n`);
    out.end();
    out.on('finish', resolve);
    out.on('error', reject);
  });
}

async function main() {
  await writeReport();
  console.log('written');

  fs.createReadStream(file('report.txt'))
    .pipe(fs.createWriteStream(file('copy.txt')))
    .on('finish', () => console.log('copied'))
    .on('finish', pack);
}

async function pack() {
  const counter = new Counter();
  await run(fs.createReadStream(file('copy.txt')), counter, zlib.createGzip(), fs.createWriteStream(file('copy.gz')));
  console.log('packed', counter.bytes);

  await run(fs.createReadStream(file('copy.gz')), zlib.createGunzip(), fs.createWriteStream(file('again.txt')));
  const [before, after] = await Promise.all(['report.txt', 'again.txt'].map(name => fs.promises.readFile(file(name))));
  console.log('the same:', before.equals(after));
  fs.rm(folder, { recursive: true }, error => console.log(error ?? 'cleaned up'));
}

main();
