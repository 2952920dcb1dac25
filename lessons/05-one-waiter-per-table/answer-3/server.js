const http = require('node:http');
const { readFile } = require('node:fs/promises');
const { pbkdf2Sync } = require('node:crypto');
const { promisify } = require('node:util');
const db = require('./db.js');

const find = promisify((dish, found) => db.find(dish, 40, (price) => found(null, price)));

http.createServer(async (req, res) => {
  const price = await find(req.url.slice(1));
  const text = await readFile('menu.html', 'utf8');
  const seal = pbkdf2Sync('menu', 'salt', 60_000, 64, 'sha512').toString('hex');
  res.end(text.replace('PRICE', price).replace('CALORIES', '500') + seal);
}).listen(0, () => console.log('open'));
