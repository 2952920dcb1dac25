// exit: 1
// flags: --no-experimental-require-module
// An ES module is not for require() then; the error says what is.
try { require('./fixtures/module.mjs'); } catch (error) { console.log(error.code, error.message.replaceAll(__dirname, '')); }
setImmediate(() => require('./fixtures/module.mjs'));
