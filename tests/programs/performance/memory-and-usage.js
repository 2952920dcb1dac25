// flags: --expose-gc
// What is told about memory and time has its shape, whatever its size; a collected object is told of.
console.log(Object.keys(process.memoryUsage()), Object.keys(process.resourceUsage()).length, process.hrtime.bigint() > 0n, process.uptime() > 0, process.cpuUsage().user > 0);
console.log(Object.keys(require('node:v8').getHeapStatistics()).length, require('node:v8').deserialize(require('node:v8').serialize(new Map([[1, 2]]))));
const registry = new FinalizationRegistry((word) => {
  console.log('collected', word);
  clearInterval(alive);
});
const alive = setInterval(() => gc(), 1);
let weak;
(() => { const object = { big: true }; weak = new WeakRef(object); registry.register(object, 'held'); })();
console.log(weak.deref());
