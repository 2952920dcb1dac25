// race: four jobs for four workers of the pool end in any order.
// Every key arrives, after the main script, before the process ends.
const crypto = require('node:crypto');
for (const n of [1, 2, 3, 4])
  crypto.pbkdf2('password', `salt ${n}`, 1000, 8, 'sha1', (error, key) => console.log(n, key.toString('hex')));
process.on('exit', () => console.log('exit'));
console.log('main done');
