import Box, { count, name, state, up } from './fixtures/shared.mjs';
import * as all from './fixtures/shared.mjs';
export const local = name + state;
let seen = count;
up(2);
seen = count;
const box = new Box(seen);
const later = await import('./fixtures/shared.mjs');
const same = later === all;
export let changing = 1;
export const change = () => { changing += up(1); return changing; };
change();
export default function named() { return changing; }
const result = named();
for (const value of [1, 2]) {
  const awaited = await value;
  up(awaited);
}
console.log(local, seen, box.value, same, changing, result, count);
