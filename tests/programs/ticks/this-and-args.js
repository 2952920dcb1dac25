// What a tick callback sees as this and arguments.
'use strict';
process.nextTick(function () {
  console.log(typeof this, arguments.length);
});
process.nextTick(function () {
  console.log(Array.from(arguments).join(' '));
}, 1, 2, 3, 4, 5, 6, 7);
console.log(process.nextTick(() => {}));
