// Opens a file without end, and catches the error that too many are open.
const fs = require('node:fs');
const files = [];
try {
  for (;;) {
    files.push(fs.openSync(__filename));
  }
} catch (error) {
  console.log(`${files.length > 100}, then ${error.code}`);
}
