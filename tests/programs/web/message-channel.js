// Ports: messages wait until someone listens; a port keeps the program alive until it is closed.
const { port1, port2 } = new MessageChannel();
port1.postMessage('waiting');
port2.addEventListener('message', ({ data }) => console.log('listener', data));
setImmediate(() => {
  console.log('start');
  port2.start();
  port1.postMessage({ again: true });
  port1.onmessage = ({ data, ports }) => {
    console.log(data, ports.length);
    port1.close();
  };
  port2.postMessage('back');
  port2.on('close', () => console.log('closed'));
});
