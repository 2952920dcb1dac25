// Promise.prototype.then is replaced: await keeps working, chains go through the thief.
const { then } = Promise.prototype;
let stolen = 0;
Promise.prototype.then = function (...args) { stolen += 1; return Reflect.apply(then, this, args); };
(async () => {
  await Promise.resolve();
  console.log('await used then:', stolen);
  await Promise.resolve().catch(() => {});
  console.log('catch used then:', stolen);
  await Promise.all([Promise.resolve(), Promise.resolve()]);
  console.log('all used then:', stolen);
  await new Promise((r) => r(Promise.resolve()));
  console.log('resolve used then:', stolen);
})();
