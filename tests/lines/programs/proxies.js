const log = [];
const target = { a: 1 };
const proxy = new Proxy(target, {
  get(object, key, receiver) { log.push('get ' + String(key)); return Reflect.get(object, key, receiver); },
  set(object, key, value) { const twice = value * 2; object[key] = twice; return true; },
  has(object, key) { return key === 'ghost' || key in object; },
  deleteProperty(object, key) { log.push('delete ' + key); return delete object[key]; },
  ownKeys(object) { const keys = Reflect.ownKeys(object); return keys; },
});
const a = proxy.a;
proxy.b = 5;
const ghost = 'ghost' in proxy;
delete proxy.a;
const keys = Object.keys(proxy).join();
const counted = new Proxy(function (x) { return x; }, { apply(f, self, args) { const given = args[0]; return f(given + 1); }, construct() { return { built: true }; } });
const applied = counted(1);
const { built } = new counted();
const accessor = { hidden: 0, get value() { return this.hidden; }, set value(v) { if (v > 3) v = 3; this.hidden = v; } };
accessor.value = 9;
accessor.value += -1;
const lazy = { get once() { Object.defineProperty(this, 'once', { value: 'computed' }); return this.once; } };
const once = lazy.once + lazy.once;
console.log(log.join(), a, target.b, ghost, keys, applied, built, accessor.value, once);
