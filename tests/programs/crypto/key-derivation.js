// pbkdf2, scrypt and hkdf: synchronously and from the thread pool, with the same result.
const crypto = require('node:crypto');
const expected = crypto.pbkdf2Sync('password', 'salt', 100, 16, 'sha512').toString('hex');
crypto.pbkdf2('password', 'salt', 100, 16, 'sha512', (error, key) => {
  console.log('pbkdf2', error, key.toString('hex'), key.toString('hex') === expected);
  crypto.scrypt('password', 'salt', 16, { N: 64 }, (failed, made) => {
    console.log('scrypt', failed, made.toString('hex'), made.equals(crypto.scryptSync('password', 'salt', 16, { N: 64 })));
    crypto.hkdf('sha256', 'key', 'salt', 'info', 8, (wrong, bits) => console.log('hkdf', wrong, Buffer.from(bits).toString('hex')));
  });
});
console.log('handed in');
try { crypto.scryptSync('p', 's', 16, { N: 3 }); } catch (error) { console.log(error.code); }
try { crypto.pbkdf2Sync('p', 's', 1, 1, 'nonsense'); } catch (error) { console.log(error.code, error.message); }
