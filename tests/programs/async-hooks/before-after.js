// before and after go round each callback; ids are shown as small names.
const { createHook, executionAsyncId } = require('node:async_hooks');
const names = new Map([[0, 'none'], [1, 'main']]);
const lines = [];
const name = (id) => names.get(id) ?? 'unknown';
createHook({
  init(id, type, trigger) { names.set(id, `${type}-${names.size}`); lines.push(`init ${name(id)} by ${name(trigger)}`); },
  before(id) { lines.push(`before ${name(id)}`); },
  after(id) { lines.push(`after ${name(id)}`); },
}).enable();
setTimeout(() => {
  lines.push(`timer runs in ${name(executionAsyncId())}`);
  process.nextTick(() => lines.push(`tick runs in ${name(executionAsyncId())}`));
}, 1);
process.on('exit', () => console.log(lines.join('\n')));
