// Fact 5, the settled cases: after busy work the timer is first; in an I/O callback the immediate is.
const fs = require('node:fs');
setTimeout(() => console.log('main: timeout'), 0);
setImmediate(() => {
  console.log('main: immediate');
  fs.stat(__filename, () => {
    setTimeout(() => console.log('io: timeout'), 0);
    setImmediate(() => console.log('io: immediate'));
  });
});
const start = Date.now();
while (Date.now() - start < 5);
