// Prints without end.
const line = 'x'.repeat(99_999);
for (;;) console.log(line);
