// Paused and flowing: readable events, read(n), unshift, setEncoding across a split character.
const { Readable } = require('node:stream');
const parts = [Buffer.from([0xc3]), Buffer.from([0xbc, 0x61]), Buffer.from('bcd')];
const source = new Readable({ read() { this.push(parts.shift() ?? null); } });
source.setEncoding('utf8');
source.on('readable', () => {
  for (let text; (text = source.read(2)) !== null;)
    console.log('read', JSON.stringify(text), source.readableLength);
});
source.on('end', () => {
  console.log('end', source.readableEnded);
  const flowing = new Readable({ read() {} });
  flowing.push('one');
  flowing.push('two');
  flowing.push(null);
  flowing.once('data', (first) => {
    flowing.pause();
    console.log(first.toString(), flowing.isPaused());
    flowing.unshift('again');
    setImmediate(() => flowing.on('data', (part) => console.log(part.toString())).resume());
  });
  flowing.on('end', () => console.log('ended'));
});
