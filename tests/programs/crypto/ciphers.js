// Ciphers with a fixed key: there and back, authenticated, in pieces, and tampered with.
const crypto = require('node:crypto');
const key = Buffer.alloc(32, 1);
const iv = Buffer.alloc(16, 2);
const cipher = crypto.createCipheriv('aes-256-cbc', key, iv);
const secret = cipher.update('a text of some length', 'utf8', 'hex') + cipher.final('hex');
const back = crypto.createDecipheriv('aes-256-cbc', key, iv);
console.log(secret, back.update(secret, 'hex', 'utf8') + back.final('utf8'));
const seal = crypto.createCipheriv('aes-256-gcm', key, iv.subarray(0, 12)).setAAD(Buffer.from('head'));
const sealed = Buffer.concat([seal.update('sealed'), seal.final()]);
const tag = seal.getAuthTag();
console.log(sealed.toString('hex'), tag.toString('hex'));
const open = (bytes) => {
  const decipher = crypto.createDecipheriv('aes-256-gcm', key, iv.subarray(0, 12)).setAAD(Buffer.from('head')).setAuthTag(tag);
  return decipher.update(bytes, undefined, 'utf8') + decipher.final('utf8');
};
console.log(open(sealed));
sealed[0] ^= 1;
for (const wrong of [() => open(sealed), () => crypto.createCipheriv('aes-256-cbc', 'short', iv), () => crypto.createCipheriv('nonsense', key, iv)]) {
  try { wrong(); } catch (error) { console.log(error.code, error.message); }
}
crypto.createCipheriv('aes-128-ctr', key.subarray(16), iv).on('data', (bytes) => console.log(bytes.toString('hex'))).end('as a stream');
