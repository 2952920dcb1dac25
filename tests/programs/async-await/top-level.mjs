// Top-level await in a module and in the module it imports.
import { menu } from './fixtures/menu.mjs';
console.log('main body', menu);
const late = await new Promise((resolve) => setTimeout(resolve, 1, 'late'));
console.log(late);
process.nextTick(() => console.log('tick'));
await null;
console.log('after await null');
