// A stream that is flushed in the middle, parameters changed on the way, and a long pipeline.
import zlib from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import { createHash } from 'node:crypto';
const gzip = zlib.createGzip({ level: 9 });
const flushed = new Promise((resolve) => { gzip.write('first part'); gzip.flush(() => resolve(gzip.read())); });
console.log(zlib.unzipSync(await flushed, { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString());
await new Promise((resolve) => gzip.params(0, zlib.constants.Z_DEFAULT_STRATEGY, resolve));
gzip.end('rest');
gzip.resume();
await new Promise((resolve) => gzip.on('end', resolve));
console.log('bytes in', gzip.bytesWritten);
const hash = createHash('sha1');
let length = 0;
await pipeline(
  Readable.from(Array.from({ length: 200 }, (_, i) => `line ${i}\n`.repeat(50))),
  zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 } }),
  zlib.createBrotliDecompress(),
  new Writable({ write(part, encoding, done) { length += part.length; hash.update(part); done(); } }));
console.log(length, hash.digest('hex'));
