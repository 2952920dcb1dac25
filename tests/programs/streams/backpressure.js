// A fast reader and a slow writer: what write() says, when drain comes, how much is buffered.
const { Readable, Writable } = require('node:stream');
let n = 0;
const source = new Readable({ highWaterMark: 4, objectMode: true, read() { this.push(n < 6 ? ++n : null); } });
const sink = new Writable({ highWaterMark: 2, objectMode: true, write(part, encoding, done) { console.log('take', part, 'waiting', this.writableLength, 'read so far', n); setImmediate(done); } });
source.on('pause', () => console.log('pause'));
source.on('resume', () => console.log('resume'));
source.on('end', () => console.log('end'));
sink.on('drain', () => console.log('drain'));
sink.on('finish', () => console.log('finish'));
source.pipe(sink);
