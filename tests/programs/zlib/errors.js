// What is cut, corrupted or too long is refused with a code, once.
const zlib = require('node:zlib');
const packed = zlib.gzipSync('some text that is long enough');
for (const [name, bytes, options] of [['cut', packed.subarray(0, 20)], ['corrupted', Buffer.concat([packed.subarray(0, 15), Buffer.from('xx'), packed.subarray(17)])], ['foreign', Buffer.from('not packed')], ['too long', packed, { maxOutputLength: 5 }]]) {
  try {
    console.log(name, zlib.gunzipSync(bytes, options).toString());
  } catch (error) {
    console.log(name, error.code, error.errno, error.message);
  }
}
zlib.inflate(Buffer.from('nonsense'), (error, result) => {
  console.log(error.code, error.message, result);
  const stream = zlib.createGunzip();
  stream.on('error', (failed) => console.log('stream', failed.code)).on('close', () => console.log('closed', stream.bytesWritten));
  stream.end('nonsense');
});
try { zlib.createGzip({ level: 99 }); } catch (error) { console.log(error.code, error.message); }
