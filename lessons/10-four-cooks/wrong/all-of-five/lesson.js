const { pbkdf2 } = require('node:crypto');
const net = require('node:net');
const { promisify } = require('node:util');
const cook = promisify(pbkdf2);

Promise.all(['soup', 'pie', 'fish', 'rice', 'cake'].map(async (dish) => {
  await cook(dish, 'salt', 300000, 64, 'sha512');
  console.log(dish);
}));

const house = net.createServer((guest) => guest.end('hello'));
house.listen(0, '127.0.0.1', () => {
  net.connect(house.address().port, '127.0.0.1')
    .on('data', (word) => console.log('guest hears', String(word)))
    .on('end', () => house.close());
});
