// Timers of many durations, most of them cleared before they are due.
const kept = [];
for (let i = 0; i < 500_000; i++) {
  const timer = setTimeout(() => {}, 1 + i % 20_000);
  if (i % 10) clearTimeout(timer); else kept.push(timer);
}
setTimeout(() => kept.forEach(clearTimeout), 300);
