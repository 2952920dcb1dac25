// Hashes and HMACs, in pieces, copied, as streams, and what is refused.
const crypto = require('node:crypto');
for (const name of ['md5', 'sha1', 'sha256', 'sha512', 'sha3-256'])
  console.log(name, crypto.createHash(name).update('abc').digest('hex'));
const half = crypto.createHash('sha256').update('a');
console.log(half.copy().update('bc').digest('base64url'), half.digest('hex').slice(0, 8));
console.log(crypto.createHmac('sha256', 'key').update('text').digest('base64'));
console.log(crypto.createHash('shake128', { outputLength: 8 }).update('').digest('hex'));
try { half.update('x'); } catch (error) { console.log(error.code); }
try { crypto.createHash('nonsense'); } catch (error) { console.log(error.code, error.message); }
const stream = crypto.createHash('sha1');
stream.on('readable', () => { const sum = stream.read(); if (sum) console.log('stream', sum.toString('hex')); });
stream.end('abc');
console.log(crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), crypto.getHashes().includes('sha256'));
