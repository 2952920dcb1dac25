// Reading and writing in pieces: sizes, order of events, ranges, errors.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'streams-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const file = path.join(folder, 'big');
const out = fs.createWriteStream(file, { highWaterMark: 1024 });
out.on('open', () => console.log('open', out.pending));
out.on('drain', () => console.log('drain'));
out.on('finish', () => console.log('finish', out.bytesWritten));
console.log(out.write(Buffer.alloc(1000, 'a')), out.write(Buffer.alloc(1000, 'b')));
out.end('end');
out.on('close', () => {
  console.log('close');
  const sizes = [];
  fs.createReadStream(file, { highWaterMark: 700 })
    .on('data', (part) => sizes.push(part.length))
    .on('end', () => {
      console.log(sizes.join());
      fs.createReadStream(file, { start: 1998, end: 2001, encoding: 'utf8' }).on('data', (text) => {
        console.log(text);
        fs.createReadStream(path.join(folder, 'none')).on('error', (error) => console.log(error.code)).on('close', () => console.log('closed after the error'));
      });
    });
});
