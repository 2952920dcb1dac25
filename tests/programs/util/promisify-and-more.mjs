// promisify, callbackify, inherits, deprecate, types, isDeepStrictEqual, parseArgs, TextDecoder, styles.
import util from 'node:util';
const three = (a, done) => setImmediate(done, a < 0 ? new Error('negative') : null, a * 3);
console.log(await util.promisify(three)(2), await util.promisify(three)(-1).catch((error) => error.message));
console.log(await util.promisify(setTimeout)(1, 'value'));
await new Promise((resolve) => util.callbackify(async () => { throw null; })((error) => resolve(console.log(error.code, error.reason))));
const old = util.deprecate(() => 'result', 'old() is old', 'DEP_OWN');
console.log(old(), old());
console.log(util.isDeepStrictEqual({ a: [1, new Set([2])] }, { a: [1, new Set([2])] }), util.isDeepStrictEqual([0], [-0]));
console.log(util.types.isPromise(Promise.resolve()), util.types.isProxy(new Proxy({}, {})), util.types.isGeneratorFunction(function* () {}), util.types.isExternal({}));
console.log(util.parseArgs({ args: ['-v', '--name=x', 'rest', '--no-colour'], options: { verbose: { type: 'boolean', short: 'v' }, name: { type: 'string' }, colour: { type: 'boolean' } }, allowPositionals: true, allowNegative: true, strict: false }));
try { util.parseArgs({ args: ['--unknown'] }); } catch (error) { console.log(error.code, error.message); }
console.log(new TextDecoder('utf-16le').decode(Buffer.from('hi', 'utf16le')), new TextEncoder().encodeInto('ü', new Uint8Array(1)), util.styleText('red', 'x') === 'x');
try { new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from([0xff])); } catch (error) { console.log(error.code, error.name); }
await new Promise(setImmediate);
