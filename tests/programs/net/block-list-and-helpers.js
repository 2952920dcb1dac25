// What of net needs no socket, and what it throws.
const net = require('node:net');
console.log(net.isIP('127.0.0.1'), net.isIP('::1'), net.isIP('localhost'), net.isIPv4('1.2.3.4'), net.isIPv6('1.2.3.4'));
const list = new net.BlockList();
list.addAddress('10.0.0.1');
list.addRange('10.0.1.0', '10.0.1.9');
list.addSubnet('192.168.0.0', 16);
console.log(['10.0.0.1', '10.0.1.5', '10.0.2.1', '192.168.9.9'].map((address) => list.check(address)));
console.log(list.rules);
for (const wrong of [() => net.connect(70000), () => net.createServer().listen(-1), () => net.connect({}), () => new net.SocketAddress({ address: 'x' })]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
