// then on a pending promise is only registered; settling queues the reactions in order.
let settle;
const pending = new Promise((resolve) => { settle = resolve; });
pending.then((v) => console.log('first reaction', v));
queueMicrotask(() => console.log('microtask queued before settling'));
pending.then((v) => console.log('second reaction', v));
settle('done');
queueMicrotask(() => console.log('microtask queued after settling'));
