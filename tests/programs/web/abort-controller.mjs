// Signals: reasons, any, timeout, listeners once, throwing when aborted.
import { setTimeout as wait } from 'node:timers/promises';
import { addAbortListener } from 'node:events';
const stop = new AbortController();
stop.signal.addEventListener('abort', (event) => console.log(event.type, event.isTrusted, stop.signal.reason));
stop.signal.onabort = () => console.log('onabort');
addAbortListener(stop.signal, () => console.log('listener'));
const any = AbortSignal.any([stop.signal, AbortSignal.timeout(10000)]);
stop.abort('why');
stop.abort('again');
console.log(any.aborted, any.reason, stop.signal);
try { any.throwIfAborted(); } catch (error) { console.log('thrown', error); }
await wait(1000, null, { signal: AbortSignal.abort() }).catch((error) => console.log(error.name, error.code, error.cause?.name));
const alive = setInterval(() => {}, 1000); // such a signal keeps nothing alive
const late = AbortSignal.timeout(5);
await new Promise((resolve) => late.addEventListener('abort', resolve));
clearInterval(alive);
console.log(late.reason.name, late.reason.code, late.reason instanceof DOMException);
