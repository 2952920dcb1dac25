// queueMicrotask gives no arguments, returns undefined, and shares the queue with promises.
console.log(queueMicrotask(function () { console.log('arguments', arguments.length); }));
Promise.resolve().then(() => console.log('promise'));
queueMicrotask(() => console.log('second'));
try {
  queueMicrotask('text');
} catch (error) {
  console.log(error.code, error.message);
}
