const { pbkdf2 } = require('node:crypto');
const net = require('node:net');
const { promisify } = require('node:util');

Object.assign(process.env, { UV_THREADPOOL_SIZE: 8 });

const cook = promisify(pbkdf2);
async function serve(dish) {
  await cook(dish, 'salt', 300000, 64, 'sha512');
  console.log(dish);
}

for (const dish of ['soup', 'pie', 'fish', 'rice', 'cake']) {
  serve(dish);
}

const house = net.createServer((guest) => guest.end('hello'));
house.listen(0, '127.0.0.1', () => {
  net.connect(house.address().port, '127.0.0.1')
    .on('data', (word) => console.log('guest hears', String(word)))
    .on('end', () => house.close());
});
