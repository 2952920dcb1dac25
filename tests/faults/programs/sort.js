// Sorts a hundred million items, again and again.
const items = new Uint8Array(1e8);
for (let i = 0; i < items.length; i += 65_536) require('node:crypto').randomFillSync(items, i, Math.min(65_536, items.length - i));
const sorted = new Uint8Array(items.length);
console.log('ready');
for (;;) {
  sorted.set(items);
  sorted.sort();
}
