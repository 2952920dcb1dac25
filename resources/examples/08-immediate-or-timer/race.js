const fs = require('node:fs');

setTimeout(() => console.log('timer: it was due before the loop began'), 0);
setImmediate(() => console.log('immediate'));

// Without these lines the two above would be a race.
const until = Date.now() + 10;
while (Date.now() < until);

setTimeout(function later() {
  fs.stat(__filename, function fromThePool() {
    console.log('in an I/O callback:');
    setTimeout(() => console.log('  timer: at the end of the round'), 0);
    setImmediate(() => console.log('  immediate: check comes right after poll'));
  });
}, 50);
