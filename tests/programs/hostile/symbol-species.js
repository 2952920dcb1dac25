// Array and Promise are replaced on globalThis, and the arrays' iterator is spoilt.
const { log } = console;
Array.prototype[Symbol.iterator] = function* () { for (let i = 0; i < this.length; i++) yield this[i]; log.stolen = true; };
globalThis.Promise = class FakePromise {};
globalThis.Array = class FakeArray {};
setTimeout((a, b) => log('timer', a, b), 1, 'x', 'y');
process.nextTick((a, b) => log('tick', a, b), 'x', 'y');
(async () => { await null; log('await'); })();
import('node:os').then((os) => log(typeof os.cpus));
