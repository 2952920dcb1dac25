// newListener fires before the listener is added, removeListener after it is gone.
const { EventEmitter } = require('node:events');
const bell = new EventEmitter();
bell.on('newListener', (name) => console.log('new', name, bell.listenerCount(name)));
bell.on('removeListener', (name) => console.log('removed', name, bell.listenerCount(name)));
const f = () => {};
bell.on('ring', f).once('ring', f).off('ring', f);
console.log(bell.rawListeners('ring').length, bell.listeners('ring')[0] === f);
bell.removeAllListeners('ring');
console.log(bell.eventNames());
