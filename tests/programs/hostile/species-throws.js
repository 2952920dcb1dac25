// A promise whose constructor or species is broken: then throws, await gives a rejection.
const promise = Promise.resolve('value');
promise.constructor = { [Symbol.species]: class { constructor(f) { f(() => {}, () => {}); } } };
console.log(promise.then(() => console.log('reaction runs')) instanceof Promise);
const broken = Promise.resolve('value');
Object.defineProperty(broken, 'constructor', { get() { throw new Error('constructor getter'); } });
try { broken.then(() => {}); } catch (error) { console.log('then threw', error.message); }
(async () => { await broken; })().catch((error) => console.log('await rejected', error.message));
const odd = Promise.resolve();
odd.constructor = 42;
try { odd.then(); } catch (error) { console.log(error.name, error.message); }
