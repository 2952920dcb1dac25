// Never stops queueing ticks, while a timer waits.
setTimeout(function tea() {}, 1);
require('node:fs').writeSync(1, 'ready\n');
(function again() {
  process.nextTick(again);
})();
