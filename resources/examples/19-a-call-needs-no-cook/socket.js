const net = require('node:net');
const { pbkdf2 } = require('node:crypto');

let dishes = 0;
for (let i = 1; i <= 4; i++) {
  pbkdf2('pw', 'salt', 6e5, 64, 'sha512', function dish() { dishes += 1; });
}

const server = net.createServer(customer => {
  customer.once('data', text => {
    console.log('heard "' + text + '" while all cooks are busy:', dishes === 0);
    customer.end('bonjour');
    server.close();
  });
});

server.listen(0, '127.0.0.1', () => {
  const call = net.connect(server.address().port, '127.0.0.1', () => call.write('hello'));
  call.on('data', text => console.log('answer:', String(text)));
});
