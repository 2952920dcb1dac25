// Read to its end before anything else happens.
const fs = require('node:fs');
setImmediate(() => console.log('immediate'));
console.log(JSON.stringify(fs.readFileSync(0, 'utf8')), JSON.stringify(fs.readFileSync(0, 'utf8')));
