// A pipeline through a generator, with an error in the middle, with an abort.
import { pipeline } from 'node:stream/promises';
import { pipeline as withCallback, Readable, Writable, Transform } from 'node:stream';
const upper = new Transform({ transform(part, encoding, done) { done(null, String(part).toUpperCase()); } });
const got = [];
const sink = () => new Writable({ write(part, encoding, done) { got.push(String(part)); setImmediate(done); } });
await pipeline(Readable.from(['a', 'b', 'c']), upper, async function* (source) { for await (const part of source) yield `<${part}>`; }, sink());
console.log(got.join(''));
const broken = new Transform({ transform(part, encoding, done) { done(new Error(`will not take ${part}`)); } });
const source = Readable.from(['x', 'y']);
await pipeline(source, broken, sink()).catch((error) => console.log(error.message, source.destroyed, broken.destroyed));
const stop = new AbortController();
setImmediate(() => stop.abort());
await pipeline(new Readable({ read() {} }), sink(), { signal: stop.signal }).catch((error) => console.log(error.name, error.code));
withCallback(Readable.from(['1']), sink(), (error) => console.log('callback', error, got.at(-1)));
