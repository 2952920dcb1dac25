const { EventEmitter } = require('node:events');

const bell = new EventEmitter();
bell.on('ring', table => console.log('  first listener: table', table));
bell.on('ring', table => console.log('  second listener: table', table));

console.log('before emit');
bell.emit('ring', 7);
console.log('after emit');
