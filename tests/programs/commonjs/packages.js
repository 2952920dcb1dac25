// A package by its exports, by itself, and what it does not export.
const { createRequire } = require('node:module');
const inside = createRequire(`${__dirname}/fixtures/package/lib/main.js`);
console.log(require('./fixtures/package/lib/main.js'), inside('sample'), inside.resolve('sample').replace(__dirname, ''));
try { inside('sample/hidden'); } catch (error) { console.log(error.code, error.message.replaceAll(__dirname, '')); }
try { inside('#none'); } catch (error) { console.log(error.code); }
console.log(require('./fixtures/package'));
