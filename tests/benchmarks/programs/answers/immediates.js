// Many immediates at once, each of which makes the next, and ticks between them.
let left = 500_000;
function again() { if (left-- > 0) setImmediate(again); if (left % 10 === 0) process.nextTick(() => {}); }
for (let i = 0; i < 50_000; i++) setImmediate(again);
