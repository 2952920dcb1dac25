// console's and util.format's directives, and what is left over.
const util = require('node:util');
console.log('%s %d %i %f %j %o %O %c %%', 'text', '42.5', 42.9, '1.5', { a: 1 }, [1], { b: { c: {} } }, 'css', 'rest', { more: 1 });
console.log('%s', null, undefined, -0, 10n, Symbol('s'), () => {}, class A {}, { toString: () => 'own' }, new Error('e').message);
console.log('%d %i', 'x', 10n, '%s', 'no directive'.length, '%');
console.log(util.format('%j', (() => { const c = {}; c.c = c; return c; })()), util.format(1, 2, '3'), util.format('%x', 1));
console.log(util.formatWithOptions({ compact: true, colors: true }, '%O', { a: [1, 'b'] }), util.stripVTControlCharacters('\x1b[31mred\x1b[39m'), util.toUSVString('\ud800'));
