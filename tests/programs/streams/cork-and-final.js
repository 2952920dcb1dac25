// cork gathers, writev takes all at once, final and flush run before finish, construct before all.
const { Duplex, Transform, Writable } = require('node:stream');
const sink = new Writable({
  construct(done) { console.log('construct'); setImmediate(done); },
  writev(parts, done) { console.log('writev', parts.map(({ chunk }) => chunk.toString())); done(); },
  final(done) { console.log('final'); done(); },
});
sink.on('finish', () => console.log('finish'));
sink.cork();
sink.write('a');
sink.write('b');
process.nextTick(() => sink.uncork());
sink.end('c');
const words = new Transform({ readableObjectMode: true, transform(part, encoding, done) { (this.rest ??= '', this.rest += part); const all = this.rest.split(' '); this.rest = all.pop(); all.forEach((word) => this.push({ word })); done(); }, flush(done) { done(null, { last: this.rest }); } });
words.on('data', (word) => console.log(word)).on('end', () => console.log('end'));
words.write('one two th');
words.end('ree four');
Duplex.from(async function* (source) { for await (const part of source) yield part.toString().length; }).on('data', (length) => console.log('length', length)).end('12345');
