// race: two jobs of the thread pool.
// Random bytes cannot be compared, but their number and range can.
const crypto = require('node:crypto');
const { randomBytes, randomFillSync, randomInt, randomUUID } = crypto;
console.log(randomBytes(8).length, randomBytes(8).equals(randomBytes(8)), randomFillSync(new Uint8Array(4), 4).every((byte) => byte === 0));
console.log(Array.from({ length: 100 }, () => randomInt(3, 6)).every((n) => n >= 3 && n < 6), /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(randomUUID()));
randomBytes(16, (error, bytes) => {
  console.log('from the pool', error, bytes.length);
  crypto.randomFill(Buffer.alloc(10), 5, 3, (failed, buffer) => console.log(failed, buffer.subarray(0, 5).equals(Buffer.alloc(5)), buffer.length));
});
randomInt(10, (error, n) => console.log('int', n >= 0 && n < 10));
try { randomBytes(-1); } catch (error) { console.log(error.code); }
try { randomInt(6, 3); } catch (error) { console.log(error.code, error.message); }
console.log(crypto.getRandomValues(new Uint8Array(3)).length);
