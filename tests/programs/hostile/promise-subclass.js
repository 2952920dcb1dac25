// A Promise subclass with a species: who makes which promise.
class Order extends Promise {
  constructor(executor) { super(executor); Order.made = (Order.made ?? 0) + 1; }
  then(...args) { Order.thens = (Order.thens ?? 0) + 1; return super.then(...args); }
}
class Quiet extends Promise { static get [Symbol.species]() { return Promise; } }
const order = Order.resolve(1);
console.log(order.then(() => {}).constructor.name, Quiet.resolve(1).then(() => {}).constructor.name);
console.log(order.finally(() => {}) instanceof Order, Order.made, Order.thens);
(async () => {
  await order;
  console.log('after await', Order.made, Order.thens);
  await Order.all([1, Order.resolve(2)]);
  console.log('after all', Order.made, Order.thens);
  console.log((async () => order)().constructor.name);
})();
