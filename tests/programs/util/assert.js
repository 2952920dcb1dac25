// exit: 1
// Assertions that fail say what differs.
const assert = require('node:assert');
for (const wrong of [() => assert.strictEqual(1, 2), () => assert.deepStrictEqual({ a: [1, 2] }, { a: [1, 3] }), () => assert.throws(() => {}), () => assert.match('abc', /x/), () => assert(0), () => assert.fail('own'), () => assert.notStrictEqual(1, 1), () => assert.ifError(new Error('given'))]) {
  try { wrong(); } catch (error) { console.log(error.code, error.operator, error.generatedMessage, error.message); }
}
assert.rejects(Promise.resolve(1)).catch((error) => {
  console.log(error.message);
  assert.equal('uncaught', 'difference');
});
