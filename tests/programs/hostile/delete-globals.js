// The globals are deleted: what node made before goes on, modules still have their own.
const { log } = console;
const timers = require('node:timers');
const proc = process;
for (const name of ['process', 'setTimeout', 'setImmediate', 'queueMicrotask', 'Promise', 'Buffer', 'Symbol', 'Map']) {
  log(name, delete globalThis[name], typeof globalThis[name]);
}
timers.setTimeout(() => log('timer'), 1);
proc.nextTick(() => log('tick'));
(async () => { await 1; log('await', (async () => {})().constructor.name); })();
log(require('node:process') === proc, { printed: [new WeakSet()] });
