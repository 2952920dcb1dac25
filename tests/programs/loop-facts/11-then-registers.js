// Fact 11: then on a pending promise queues nothing until the promise settles.
let serve;
const order = new Promise((resolve) => { serve = resolve; });
order.then(() => console.log('registered first, runs last'));
queueMicrotask(() => {
  console.log('microtask 1 settles the order');
  serve();
});
queueMicrotask(() => console.log('microtask 2'));
