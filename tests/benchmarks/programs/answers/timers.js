// Timers that are all due at once, and late.
for (let i = 0; i < 600_000; i++) setTimeout(() => {}, 1);
