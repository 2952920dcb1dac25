const { createHook } = require('node:async_hooks');

createHook({
  init() {},
  before() {},
  after() {},
  destroy() {},
  promiseResolve() {},
}).enable();

require('./await-call.js');
