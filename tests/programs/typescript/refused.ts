// exit: 1
// Node 20 does not know this ending.
const n: number = 1;
console.log(n);
