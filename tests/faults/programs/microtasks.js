// Never stops queueing microtasks, while a timer waits.
setTimeout(function tea() {}, 1);
console.log('ready');
(function again() {
  Promise.resolve().then(again);
})();
