const log = [];
const resolved = Promise.resolve(1).then((value) => value + 1).then((value) => { log.push(value); throw new Error('in then'); });
const handled = resolved.catch((error) => error.message).finally(() => { log.push('finally'); return 'ignored'; });
const never = new Promise(() => {});
const made = new Promise((resolve, reject) => { resolve('first'); reject(new Error('too late')); });
const thenable = { then(go) { log.push('then called'); go('adopted'); } };
let outside;
const deferred = new Promise((go) => { outside = go; });
Promise.allSettled([Promise.reject(3), made, thenable]).then((all) => { for (const { status, value = 'none' } of all) log.push(status + value); });
Promise.race([never, deferred]).then((won) => { log.push(won); });
Promise.any([Promise.reject(1), deferred]).then((won) => { log.push('any ' + won); });
outside('from outside');
const throwing = new Promise(() => { throw new TypeError('in executor'); });
throwing.then(null, ({ name }) => { log.push(name); });
class Own extends Promise { static made = 0; constructor(run) { super(run); Own.made++; } }
Own.resolve(5).then((x) => x * 2).then((x) => { log.push(x); });
handled.then(async (text) => { await null; log.push(text); });
setImmediate(() => { console.log(log.join(), Own.made); });
