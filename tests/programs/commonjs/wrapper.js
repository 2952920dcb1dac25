// What surrounds a module's code: five names, a this, a return, strictness of one's own.
console.log(this === module.exports, arguments.length, typeof require.resolve, __filename.startsWith(__dirname), typeof exports);
console.log(Object.keys(module), Object.keys(require), module.constructor.wrap('x'));
undeclared = 1;
console.log(globalThis.undeclared, new.target);
exports.a = 1;
exports = { b: 2 };
console.log(module.exports);
for (const wrong of ['./none', 'no-such-package', '', 5, 'node:nonsense', './fixtures/broken.json']) {
  try { require(wrong); } catch (error) { console.log(error.name, error.code, error.message.split('\n')[0].replaceAll(__dirname, '')); }
}
return console.log('returned');
console.log('never');
