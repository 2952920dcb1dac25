// Never stops queueing ticks, while a timer waits.
setTimeout(function tea() {}, 1);
console.log('ready');
(function again() {
  process.nextTick(again);
})();
