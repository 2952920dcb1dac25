// Fills the heap with arrays.
const kept = [];
setTimeout(function fill() {
  for (;;) kept.push(new Array(1000).fill(kept.length));
}, 1);
