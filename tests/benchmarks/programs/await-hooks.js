// The yardstick: await.js with a hook that has all five functions and does nothing.
const { createHook } = require('node:async_hooks');

createHook({
  init() {},
  before() {},
  after() {},
  destroy() {},
  promiseResolve() {},
}).enable();

require('./await.js');
