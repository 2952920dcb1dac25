// Every format there and back, synchronously and on the pool, one after the other.
const zlib = require('node:zlib');
const { promisify } = require('node:util');
const text = 'abcabcabc'.repeat(100);
(async () => {
  for (const [there, back] of [['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw'], ['brotliCompress', 'brotliDecompress']]) {
    const packed = zlib[`${there}Sync`](text);
    const asynchronous = await promisify(zlib[there])(text);
    const unpacked = await promisify(zlib[back])(packed);
    console.log(there, packed.length, packed.equals(asynchronous), unpacked.toString() === text, packed.toString('hex').slice(0, 40));
  }
  console.log(zlib.unzipSync(zlib.gzipSync('gzip')).toString(), zlib.unzipSync(zlib.deflateSync('deflate')).toString(), zlib.crc32?.('x'));
})();
