// exit: 1
// An 'error' event with no listener is thrown.
const EventEmitter = require('node:events');
const oven = new EventEmitter();
try {
  oven.emit('error', { temperature: 900 });
} catch (error) {
  console.log(error.code, error.message, error.context);
}
oven.emit('error', new Error('too hot'));
