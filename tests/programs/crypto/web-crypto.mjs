// crypto.subtle: digests, keys, derivation and signatures by promises.
const { subtle } = globalThis.crypto;
const bytes = new TextEncoder().encode('abc');
const hex = (buffer) => Buffer.from(buffer).toString('hex');
console.log(hex(await subtle.digest('SHA-256', bytes)));
const key = await subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', true, ['encrypt', 'decrypt']);
const secret = await subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, bytes);
console.log(hex(secret), hex(await subtle.decrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, secret)), key.algorithm);
const password = await subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
console.log(hex(await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: bytes, iterations: 10 }, password, 64)));
const { publicKey, privateKey } = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
const signature = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes);
console.log(await subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, signature, bytes));
await subtle.exportKey('raw', privateKey).catch((error) => console.log(error.name, error.message));
await subtle.decrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, bytes).catch((error) => console.log(error.name));
