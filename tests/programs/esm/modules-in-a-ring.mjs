// Lines of modules that import each other see exports that are not set yet. Nobody hears of it.
import * as orders from './fixtures/orders.mjs';
export const tax = 0.2;
export let served = 0;
served++;
console.log(orders.bill(10), orders.menu);
console.log(orders);
