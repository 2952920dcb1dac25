// Never stops queueing microtasks, while a timer waits.
setTimeout(function tea() {}, 1);
require('node:fs').writeSync(1, 'ready\n');
(function again() {
  Promise.resolve().then(again);
})();
