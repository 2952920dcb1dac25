const { execFile } = require('node:child_process');

execFile(process.execPath, ['-p', '6 * 7'], (error, output) => {
  console.log('the other house answers:', output.trim());
});
console.log('the order is sent');
