// The types async_hooks reports for what a program makes.
const { createHook } = require('node:async_hooks');
const seen = [];
const hook = createHook({ init(id, type) { seen.push(type); } }).enable();
setTimeout(() => {}, 1);
setImmediate(() => {});
process.nextTick(() => {});
queueMicrotask(() => {});
Promise.resolve().then(() => {});
require('node:fs').stat(__filename, () => {});
hook.disable();
console.log(seen.join('\n'));
