// util.promisify(setImmediate) is the promise version, with the value as its result.
import { promisify } from 'node:util';
import timersPromises from 'node:timers/promises';
const turn = promisify(setImmediate);
console.log(turn === timersPromises.setImmediate);
setImmediate(() => console.log('plain'));
console.log(await turn('value'));
console.log(await timersPromises.scheduler.yield());
