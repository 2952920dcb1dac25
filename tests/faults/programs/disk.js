// Writes one file without end, and catches the error that it may not be longer.
const fs = require('node:fs');
const file = fs.openSync('large', 'w');
const block = Buffer.alloc(16 * 1024 * 1024);
let blocks = 0;
try {
  for (;;) {
    fs.writeSync(file, block);
    blocks += 1;
  }
} catch (error) {
  console.log(`${blocks} blocks, then ${error.code}`);
}
