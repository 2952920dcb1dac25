// Advanced serialisation keeps what JSON loses.
const { fork } = require('node:child_process');
if (process.argv[2] === 'child') {
  process.once('message', (message) => process.send({ ...message, isMap: message.map instanceof Map }));
} else {
  const child = fork(__filename, ['child'], { serialization: 'advanced' });
  child.on('message', (message) => {
    console.log(message);
    child.disconnect();
  });
  child.on('exit', (code) => console.log('exit', code));
  child.send({ map: new Map([[1, new Set('ab')]]), date: new Date(0), big: 10n, bytes: Buffer.from('x'), none: undefined });
}
