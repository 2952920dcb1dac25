// How console.log prints pending, fulfilled, rejected and decorated promises.
const rejected = Promise.reject('why');
rejected.catch(() => {});
const named = Promise.resolve([1, 2]);
named.label = 'coffee';
console.log(new Promise(() => {}), Promise.resolve({ a: 1 }), rejected, named);
class Order extends Promise {}
console.log(Order.resolve(7), new Order(() => {}));
