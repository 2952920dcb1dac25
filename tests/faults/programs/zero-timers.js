// Never stops with timers of 0 ms.
console.log('ready');
(function again() {
  setTimeout(again, 0);
})();
