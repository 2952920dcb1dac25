// Keys read from a file, keys made on the pool, signatures checked both ways, Diffie and Hellman.
const crypto = require('node:crypto');
const fs = require('node:fs');
const pem = fs.readFileSync(`${__dirname}/../https/fixtures/key.pem`);
const certificate = new crypto.X509Certificate(fs.readFileSync(`${__dirname}/../https/fixtures/certificate.pem`));
console.log(certificate.subject, certificate.validTo, certificate.checkHost('localhost'), certificate.ca, certificate.verify(certificate.publicKey));
const key = crypto.createPrivateKey(pem);
console.log(key.asymmetricKeyType, key.asymmetricKeyDetails);
const signature = crypto.createSign('sha256').update('text').sign(key);
console.log(crypto.createVerify('sha256').update('text').verify(certificate.publicKey, signature), crypto.verify('sha256', Buffer.from('other'), certificate.publicKey, signature));
crypto.generateKeyPair('ed25519', (error, publicKey, privateKey) => {
  const signed = crypto.sign(null, Buffer.from('data'), privateKey);
  console.log('ed25519', signed.length, crypto.verify(null, Buffer.from('data'), publicKey, signed), publicKey.export({ format: 'jwk' }).crv);
});
const [a, b] = [crypto.createECDH('prime256v1'), crypto.createECDH('prime256v1')];
a.generateKeys();
b.generateKeys();
console.log(a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey())));
try { crypto.createPrivateKey('nonsense'); } catch (error) { console.log(error.code); }
