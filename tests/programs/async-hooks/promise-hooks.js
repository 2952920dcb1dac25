// The life of promises: init with their parent, before, after, and promiseResolve.
const { createHook } = require('node:async_hooks');
const ids = new Map();
const lines = [];
const short = (id) => ids.get(id) ?? '-';
const hook = createHook({
  init(id, type, trigger) { ids.set(id, `P${ids.size}`); lines.push(`init ${short(id)} parent ${short(trigger)}`); },
  before(id) { lines.push(`before ${short(id)}`); },
  after(id) { lines.push(`after ${short(id)}`); },
  promiseResolve(id) { lines.push(`resolve ${short(id)}`); },
}).enable();
(async () => { await 1; lines.push('body'); })().then(() => lines.push('then'));
process.on('exit', () => { hook.disable(); console.log(lines.join('\n')); });
