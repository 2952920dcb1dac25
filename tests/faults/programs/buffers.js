// Fills memory outside the heap, and catches whatever can be caught.
const kept = [];
const errors = new Set();
for (let i = 0; i < 1000; i++) {
  try {
    kept.push(Buffer.alloc(32 * 1024 * 1024, 1));
  } catch (error) {
    errors.add(`${error.name}: ${error.message}`);
  }
}
console.log([...errors].join('\n'));
