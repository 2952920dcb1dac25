// Fact 4: while immediates are pending, poll looks for I/O but does not wait for it.
const net = require('node:net');
const server = net.createServer().listen(0, () => {
  let turns = 0;
  (function turn() {
    turns += 1;
    if (turns < 50) setImmediate(turn); // the open server has nothing to do, and nobody waits
    else server.close(() => console.log('turns', turns));
  })();
});
server.on('listening', () => console.log('listening'));
