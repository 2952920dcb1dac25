// exit: 1
// EventTarget: once, passive, handleEvent, preventDefault, stopping, a listener that throws.
const target = new EventTarget();
target.addEventListener('a', { handleEvent(event) { console.log('object', event.type, this !== target); } });
target.addEventListener('a', (event) => { event.preventDefault(); console.log('prevented', event.defaultPrevented, event.eventPhase, event.target === target); }, { once: true });
target.addEventListener('a', (event) => event.stopImmediatePropagation());
target.addEventListener('a', () => console.log('never'));
console.log(target.dispatchEvent(new Event('a', { cancelable: true })), target.dispatchEvent(new Event('a')));
target.addEventListener('b', ({ detail }) => console.log(detail));
target.dispatchEvent(new CustomEvent('b', { detail: { x: 1 } }));
try { target.dispatchEvent({}); } catch (error) { console.log(error.code); }
target.addEventListener('c', () => { throw new Error('in a listener'); });
target.addEventListener('c', () => console.log('the next one runs'));
target.dispatchEvent(new Event('c'));
console.log('dispatched');
