// events.once and events.on as promises and iterators.
import { EventEmitter, once, on } from 'node:events';
const bell = new EventEmitter();
setImmediate(() => bell.emit('ring', 'a', 'b'));
console.log(await once(bell, 'ring'));
setImmediate(() => bell.emit('error', new Error('broken')));
await once(bell, 'ring').catch((error) => console.log('rejected', error.message));
setImmediate(() => { for (const n of [1, 2, 3]) bell.emit('count', n); });
for await (const [n] of on(bell, 'count')) {
  console.log('count', n);
  if (n === 3) break;
}
console.log('listeners left', bell.listenerCount('count'));
