// Two workers are gone before the main thread looks: Node tells both exits in one call of its own, and ticks come after the second.
import { readdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const threads = () => readdirSync('/proc/self/task').length;
const before = threads();
let exits = 0;
for (let i = 0; i < 2; ++i) {
  new Worker('', { eval: true }).on('exit', () => { // whichever of the two was gone first
    const nth = ++exits;
    console.log('exit', nth);
    process.nextTick(() => console.log('tick of exit', nth));
    Promise.resolve().then(() => console.log('promise of exit', nth));
  });
}
setImmediate(() => console.log('immediate'));
while (threads() > before);
console.log('both are gone');
