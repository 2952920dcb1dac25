'use strict';
function counter(start) {
  let count = start;
  return {
    up(by = 1) {
      count += by;
      return count;
    },
    down: () => --count,
  };
}
const one = counter(1);
const ten = counter(10);
one.up();
ten.up(5);
ten.down();
const callbacks = [];
for (let i = 0; i < 3; i++) {
  const square = i * i;
  callbacks.push(() => i + square);
}
var results = [];
for (var j = 0; j < 2; j++) results.push(() => j);
let sum = 0;
for (const each of callbacks) sum += each();
for (const each of results) sum += each();
console.log(sum, one.down());
