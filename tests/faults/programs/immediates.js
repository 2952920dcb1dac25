// Never stops with immediates: nobody waits longer than a round, and nothing is held up.
require('node:fs').writeSync(1, 'ready\n');
(function again() {
  setImmediate(again);
})();
