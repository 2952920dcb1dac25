// A batch for the kitchen: passwords by pbkdf2 and scrypt, tokens, and hashes of files, all in the thread pool.
// race: six jobs on four threads
const crypto = require('node:crypto');
const fs = require('node:fs');
const { promisify } = require('node:util');

const pbkdf2 = promisify(crypto.pbkdf2);
const users = ['ann', 'bob', 'cid', 'dan', 'eve'];

function hashFile(file) {
  return new Promise((resolve, reject) => {
    const hash = crypto.createHash('sha256');
    fs.createReadStream(file)
      .on('error', reject)
      .on('data', chunk => hash.update(chunk))
      .on('end', () => resolve(hash.digest('hex')));
  });
}

async function register(name) {
  const key = await pbkdf2(`secret of ${name}`, 'salt', 20000, 16, 'sha512');
  console.log(name, key.toString('hex').slice(0, 8));
  return key;
}

crypto.scrypt('master', 'pepper', 16, { N: 1024 }, (error, key) => {
  if (error) throw error;
  console.log('scrypt', key.toString('hex').slice(0, 8));
});

crypto.randomBytes(8, (error, bytes) => console.log('token of', bytes.length, 'bytes'));

(async () => {
  const keys = await Promise.all(users.map(register));
  console.log('registered', keys.length);
  const digest = await hashFile(__filename);
  console.log('this file has', digest.length, 'letters of hash');
})();
