// Functions that await, side by side and in rows, and a crowd that waits for the last of them.
const settle = [];
async function waits(promise) { await promise; }
for (let i = 0; i < 150_000; i++) waits(new Promise((resolve) => settle.push(resolve)));
async function row() {
  for (let i = 0; i < 150_000; i++) await i;
  for (const resolve of settle) resolve();
}
row();
