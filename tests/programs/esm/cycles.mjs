// Two modules that import each other: functions are there, constants not yet.
import { a } from './fixtures/cycle-a.mjs';
import { b } from './fixtures/cycle-b.mjs';
console.log(a, b);
