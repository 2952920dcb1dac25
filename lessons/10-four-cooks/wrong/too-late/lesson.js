const { pbkdf2 } = require('node:crypto');
const net = require('node:net');

for (const dish of ['soup', 'pie', 'fish', 'rice', 'cake']) {
  pbkdf2(dish, 'salt', 300000, 64, 'sha512', function done() {
    console.log(dish);
  });
}

process.env.UV_THREADPOOL_SIZE = '5';

const house = net.createServer((guest) => guest.end('hello'));
house.listen(0, '127.0.0.1', () => {
  net.connect(house.address().port, '127.0.0.1')
    .on('data', (word) => console.log('guest hears', String(word)))
    .on('end', () => house.close());
});
