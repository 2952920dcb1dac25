// exit: 1
// A thrown plain object is shown by inspect, here from an immediate.
setImmediate(function serve() {
  throw { dish: 'soup', guests: ['Ada', 'Bob'], nested: { deep: { deeper: { deepest: 1 } } } };
});
