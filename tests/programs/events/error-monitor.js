// errorMonitor sees an error before the listeners, and does not count as handling it.
const { EventEmitter, errorMonitor } = require('node:events');
const oven = new EventEmitter();
oven.on(errorMonitor, (error) => console.log('monitor saw', error.message));
try { oven.emit('error', new Error('first')); } catch (error) { console.log('thrown', error.message); }
oven.on('error', (error) => console.log('handled', error.message));
oven.emit('error', new Error('second'));
