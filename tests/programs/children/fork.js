// race: whether the message is sent before its answer is back.
// A forked child is node again; messages both ways, disconnect, exit code.
const { fork } = require('node:child_process');
const child = fork(`${__dirname}/fixtures/child.js`, ['a', 'b']);
child.on('message', (message) => {
  console.log(message);
  child.send('end');
});
child.on('disconnect', () => console.log('disconnect', child.connected));
child.on('close', (code, signal) => {
  console.log('close', code, signal);
  child.send('too late', (error) => console.log(error.code, error.message));
});
child.send({ list: [1, null], text: 'ü' }, (error) => console.log('sent', error));
