// Standard input piped on; standard output stays open behind it.
const { Transform } = require('node:stream');
process.stdin.pipe(new Transform({ transform(part, encoding, done) { done(null, part.toString().toUpperCase()); } })).pipe(process.stdout);
process.stdin.on('end', () => setImmediate(() => console.log('still open', process.stdout.writable)));
