// Fact 13: each phase has its own queue; only the ring orders them, not the time of creation.
const fs = require('node:fs');
fs.stat(__filename, () => {
  const start = Date.now();
  setTimeout(() => console.log('made first: timer'), 1);
  while (Date.now() - start < 5); // due long before the immediate is even made
  setImmediate(() => console.log('made second: immediate'));
  process.nextTick(() => console.log('made third: tick'));
});
