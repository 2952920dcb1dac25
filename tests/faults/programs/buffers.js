// Fills memory outside the heap, and catches the error that there is no more.
const kept = [];
try {
  for (;;) kept.push(Buffer.alloc(32 * 1024 * 1024, 1));
} catch (error) {
  console.log(`${kept.length} buffers, then ${error.name}: ${error.message}`);
}
