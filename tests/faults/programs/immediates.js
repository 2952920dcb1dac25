// Never stops with immediates: nobody waits longer than a round, and nothing is held up.
console.log('ready');
(function again() {
  setImmediate(again);
})();
