// exit: 1
// require() takes an ES module that does not wait, with a warning; one that waits is refused.
console.log(require('./fixtures/module.mjs'), require('./fixtures/module.mjs').default);
import('./fixtures/module.mjs').then((module) => console.log(module === require('./fixtures/module.mjs')));
try { require('../esm/fixtures/slow.mjs'); } catch (error) { console.log(error.code, error.message.split('\n')[0].replaceAll(__dirname, '')); }
setImmediate(() => require('../esm/fixtures/slow.mjs'));
