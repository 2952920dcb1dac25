// Calls within calls.
const { AsyncResource } = require('async_hooks');
const outer = new AsyncResource('Outer');
for (let i = 0; i < 300_000; i++)
  outer.runInAsyncScope(() => new AsyncResource('Inner').runInAsyncScope(() => process.nextTick(() => {})));
