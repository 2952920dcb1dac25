// The promise timers resolve with a value, and abort with a reason.
import { setTimeout as sleep, setImmediate as turn, setInterval as every } from 'node:timers/promises';

console.log(await sleep(1, 'slept'));
console.log(await turn('turned'));
let n = 0;
for await (const value of every(1, 'tick')) {
  console.log(value, ++n);
  if (n === 3) break;
}
const controller = new AbortController();
const waiting = sleep(1e6, null, { signal: controller.signal });
controller.abort(new Error('enough'));
await waiting.catch((error) => console.log(error.name, error.code, error.cause.message));
