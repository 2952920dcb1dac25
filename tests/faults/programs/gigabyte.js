// Prints 1 GB in one go: a million lines of a thousand bytes.
const rest = ' '.repeat(989);
for (let i = 0; i < 1e6; i++) console.log(`${String(i).padStart(10)}${rest}`);
