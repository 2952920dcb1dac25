// A promise chain that never settles, each link waiting for the one before; and a row of immediates, each placed by the one before.
let last = new Promise(() => {});
for (let i = 0; i < 300_000; i++) last = last.then(() => {});
async function nest(depth) { return depth === 0 ? new Promise(() => {}) : await nest(depth - 1); }
for (let i = 0; i < 300; i++) nest(300);
let left = 300_000;
(function again() { if (left-- > 0) setImmediate(again); else console.log('done'); })();
