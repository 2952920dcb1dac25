// A module that imports itself has exports that are not set while its first lines run.
import * as me from './a-module-in-itself.mjs';
const held = { me, list: [me] };
let n = 1;
n++;
console.log(held);
export const late = n;
n++;
export class Later {}
console.log(n, me.late, held);
