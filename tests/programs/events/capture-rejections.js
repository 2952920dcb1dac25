// captureRejections turns a rejected async listener into an 'error' event.
const { EventEmitter } = require('node:events');
const bell = new EventEmitter({ captureRejections: true });
bell.on('error', (error) => console.log('error event:', error.message));
bell.on('ring', async () => { throw new Error('async listener failed'); });
bell.emit('ring');
process.nextTick(() => console.log('tick'));
console.log('main done');
