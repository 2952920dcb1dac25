// Fact 17: emit calls its listeners at once, before it returns.
const { EventEmitter } = require('node:events');
const bell = new EventEmitter();
bell.on('ring', (n) => console.log('  listener', n));
bell.on('ring', async (n) => { await null; console.log('  async listener went on', n); });
console.log('before emit');
console.log('emit returned', bell.emit('ring', 1));
console.log('nobody listens:', bell.emit('other'));
