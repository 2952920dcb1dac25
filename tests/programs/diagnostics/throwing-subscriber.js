// exit: 1
// A subscriber that throws does not stop the publisher; the error is uncaught in the next tick.
const channel = require('node:diagnostics_channel').channel('own');
channel.subscribe(() => { throw new Error('in a subscriber'); });
channel.subscribe(() => console.log('the other one'));
channel.publish(1);
console.log('published');
setImmediate(() => console.log('never'));
