// A connected socket has a remote address; what is wrong throws or calls back with an error.
const dgram = require('node:dgram');
const receiver = dgram.createSocket({ type: 'udp4', reuseAddr: true });
receiver.bind(0, '127.0.0.1', () => {
  const sender = dgram.createSocket('udp4');
  try { sender.remoteAddress(); } catch (error) { console.log(error.code); }
  sender.connect(receiver.address().port, '127.0.0.1', () => {
    console.log('connected to', sender.remoteAddress().address);
    try { sender.send('x', 1, '127.0.0.1'); } catch (error) { console.log(error.code); }
    sender.send('whole message');
  });
  receiver.once('message', (message) => {
    console.log(message.toString());
    sender.disconnect();
    try { sender.disconnect(); } catch (error) { console.log(error.code); }
    sender.send(Buffer.alloc(70000), receiver.address().port, '127.0.0.1', (error) => {
      console.log(error.code, error.syscall);
      sender.close();
      receiver.close();
      try { receiver.close(); } catch (again) { console.log(again.code, again.message); }
    });
  });
});
