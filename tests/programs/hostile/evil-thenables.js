// Thenables that throw, call twice, call late, or change their then on each reading.
const log = (name) => [(v) => console.log(name, 'ok', v), (e) => console.log(name, 'rejected', e)];
Promise.resolve({ get then() { throw 'getter threw'; } }).then(...log('getter'));
Promise.resolve({ then(ok) { ok('first'); throw 'too late'; } }).then(...log('throws late'));
Promise.resolve({ then(ok, no) { no('no'); ok('yes'); ok('yes'); } }).then(...log('calls both'));
Promise.resolve({ then(ok) { ok({ then(ok2) { ok2('deep'); } }); } }).then(...log('nested'));
let reads = 0;
Promise.resolve({ get then() { return ++reads === 1 ? (ok) => ok(`then read ${reads} time`) : null; } }).then(...log('changing'));
const proxy = new Proxy({}, { get(target, key) { console.log('proxy asked for', String(key)); } });
Promise.resolve(proxy).then((v) => console.log('proxy', v === proxy));
