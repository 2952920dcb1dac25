const { EventEmitter } = require('events');
const log = [];
setTimeout(function timer(a, b) {
  log.push('timer ' + a + b);
  process.nextTick((x) => { log.push(x); }, 'tick in timer');
  setImmediate(() => { log.push('immediate'); emit(); });
}, 1, 1, 2);
process.nextTick(() => { log.push('tick'); });
queueMicrotask(() => { log.push('microtask'); });
const emitter = new EventEmitter();
emitter.once('go', function (what) { log.push(what + (this === emitter)); });
emitter.on('go', (what) => { const twice = what + what; log.push(twice); });
function emit() {
  const had = emitter.emit('go', 'g');
  emitter.emit('go', 'h');
  let n = 0;
  const interval = setInterval(() => { if (++n === 3) { clearInterval(interval); log.push('n' + n); } }, 1);
}
process.on('exit', (code) => { const all = log.join(); console.log(all, code); });
log.push('main');
