// flags: --no-warnings
// The eleventh listener of one event gives a warning, once per event name.
const EventEmitter = require('node:events');
process.on('warning', (w) => console.log(w.name, '|', w.message, '|', w.type, w.count));
const bell = new EventEmitter();
for (let i = 0; i < 15; i++) bell.on('ring', () => {});
const big = new EventEmitter().setMaxListeners(20);
for (let i = 0; i < 15; i++) big.on('ring', () => {});
console.log(EventEmitter.defaultMaxListeners, big.getMaxListeners());
