// A module that waits holds up those that import it, and not its siblings' evaluation order.
import { value } from './fixtures/slow.mjs';
console.log('main', value);
const answers = [];
for (const n of [1, 2])
  answers.push(await new Promise((resolve) => setImmediate(resolve, n)));
console.log(answers);
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('job'));
await null;
console.log('after await');
