// Loaded once, kept under its file name, loaded again when taken out.
const path = require('node:path');
const first = require('./fixtures/counted');
console.log(first.loads, require('./fixtures/counted.js') === first, require('./fixtures/../fixtures/counted') === first);
const key = require.resolve('./fixtures/counted');
console.log(path.basename(key), require.cache[key].loaded, require.cache[key].exports === first, module.children.length);
delete require.cache[key];
console.log(require('./fixtures/counted').loads);
require.cache[key].exports = 'replaced';
console.log(require('./fixtures/counted'), require.main === module, module.paths.length > 1, module.id);
require.extensions['.words'] = (made, file) => { made.exports = path.basename(file); };
console.log(Object.keys(require.extensions));
require.cache['node:fs'] = { exports: 'never' };
console.log(require('node:fs') === require('fs'));
