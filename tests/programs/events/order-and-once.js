// Listeners run in order; once runs once; prepend goes first; emit uses a copy of the list.
const EventEmitter = require('node:events');
const bell = new EventEmitter();
bell.on('ring', () => console.log('on'));
bell.once('ring', () => console.log('once'));
bell.prependListener('ring', () => console.log('prepended'));
bell.on('ring', function adds() {
  bell.on('ring', () => console.log('added during emit'));
  bell.off('ring', adds);
});
bell.emit('ring');
console.log('-- again, listeners:', bell.listenerCount('ring'));
bell.emit('ring');
