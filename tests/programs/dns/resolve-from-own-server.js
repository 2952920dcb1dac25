// A resolver that asks a name server of our own: an answer, a refusal, a cancelled question.
const dns = require('node:dns');
const dgram = require('node:dgram');
const server = dgram.createSocket('udp4');
server.on('message', (question, from) => {
  const name = question.subarray(13, 13 + question[12]).toString();
  if (name === 'silent')
    return resolver.cancel();
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(name === 'known' ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(name === 'known' ? 1 : 0, 6);
  head.writeUInt16BE(0, 10);
  const asked = question.subarray(12, 12 + question.subarray(12).indexOf(0) + 5);
  const answer = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 7]);
  server.send(Buffer.concat(name === 'known' ? [head, asked, answer] : [head, asked]), from.port, from.address);
});
const resolver = new dns.Resolver({ tries: 1 });
server.bind(0, '127.0.0.1', () => {
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  resolver.resolve4('known.example', { ttl: true }, (error, addresses) => {
    console.log(error, addresses);
    resolver.resolve4('unknown.example', (missing) => {
      console.log(missing.code, missing.syscall, missing.hostname);
      resolver.resolve4('silent.example', (cancelled) => {
        console.log(cancelled.code);
        server.close();
      });
    });
  });
});
