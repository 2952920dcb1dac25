// EventTarget: once, handleEvent objects, preventDefault, and a throw goes to a tick.
process.on('uncaughtException', (error) => console.log('uncaught:', error.message));
const target = new EventTarget();
target.addEventListener('order', { handleEvent(event) { console.log('object', event.type, this.handleEvent !== undefined); } });
target.addEventListener('order', () => { throw new Error('listener failed'); });
target.addEventListener('order', (event) => event.preventDefault(), { once: true });
console.log('dispatch', target.dispatchEvent(new Event('order', { cancelable: true })));
console.log('dispatch', target.dispatchEvent(new Event('order', { cancelable: true })));
