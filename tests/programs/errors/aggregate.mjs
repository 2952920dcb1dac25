// exit: 1
// An AggregateError from Promise.any, uncaught at the top level of a module.
class KitchenError extends Error { name = 'KitchenError'; }
await Promise.any([
  Promise.reject(new KitchenError('no bread')),
  Promise.reject(new TypeError('not a table')),
  Promise.reject('just text'),
]);
