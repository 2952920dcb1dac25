const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const name = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-')), 'flour');
fs.writeFileSync(name, Buffer.alloc(200_000, 'flour '));

let pieces = 0;
fs.createReadStream(name)
  .on('data', piece => console.log('piece', ++pieces, 'of', piece.length, 'bytes'))
  .on('end', () => console.log('that was all'))
  .on('close', () => fs.rmSync(path.dirname(name), { recursive: true }));

console.log('nothing has been read yet');
