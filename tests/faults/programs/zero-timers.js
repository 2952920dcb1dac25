// Never stops with timers of 0 ms.
require('node:fs').writeSync(1, 'ready\n');
(function again() {
  setTimeout(again, 0);
})();
