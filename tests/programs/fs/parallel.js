// race: four jobs of the thread pool, done by whoever is first.
// Reads handed in together come back in no fixed order.
const fs = require('node:fs');
for (const name of ['callbacks.js', 'sync.js', 'streams.js', 'none.js'])
  fs.stat(`${__dirname}/${name}`, (error) => console.log(name, error ? error.code : 'there'));
console.log('handed in');
