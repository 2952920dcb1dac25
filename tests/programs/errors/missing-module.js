// exit: 1
// A missing module: caught once, with its code and require stack, then not caught.
try {
  require('no-such-package');
} catch (error) {
  console.log(error.code, error.requireStack.length, error.message.split('\n')[0]);
}
require('./fixtures/needs-missing.js');
