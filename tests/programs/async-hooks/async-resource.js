// AsyncResource runs a function in the place where the resource was made.
const { AsyncResource, executionAsyncId, triggerAsyncId, executionAsyncResource } = require('node:async_hooks');
class Order extends AsyncResource {
  constructor() { super('ORDER', { requireManualDestroy: true }); }
}
const order = new Order();
setImmediate(() => {
  order.runInAsyncScope(function (a) {
    console.log(executionAsyncId() === order.asyncId(), triggerAsyncId() === order.triggerAsyncId());
    console.log(executionAsyncResource() === order, this.cup, a);
  }, { cup: 'small' }, 1);
  console.log(executionAsyncId() === order.asyncId(), order.emitDestroy() === order);
});
