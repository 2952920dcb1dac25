// Swallows whatever would end it, and begins again.
process.on('exit', () => {
  for (;;);
});
console.log('ready');
(function again() {
  for (;;) {
    try {
      for (;;);
    } catch {
    } finally {
      again();
    }
  }
})();
