// Proxies as callbacks, errors and emitters: which traps node touches.
const traps = [];
const spy = (target, label) => new Proxy(target, new Proxy({}, {
  get(_, trap) { return (...args) => { traps.push(`${label}.${trap}`); return Reflect[trap](...args); }; },
}));
process.on('uncaughtException', (error) => console.log('caught', error.message));
setTimeout(spy(() => console.log('timer'), 'timer'), 1);
process.nextTick(spy(() => console.log('tick'), 'tick'));
queueMicrotask(spy(() => console.log('microtask'), 'microtask'));
setTimeout(() => { throw spy(new Error('a proxied error'), 'error'); }, 10);
process.on('exit', () => console.log(traps.join('\n')));
