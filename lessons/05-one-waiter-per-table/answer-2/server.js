const http = require('node:http');
const fs = require('node:fs');
const db = require('./db.js');

const cooking = 150; // ms: so long the database needs for an answer

http.createServer((req, res) => {
  const dish = req.url.slice(1);
  db.find(dish, cooking, found);

  function found(price) {
    fs.readFile('menu.html', 'utf8', page);

    function page(err, text) {
      res.end(err ? 'no menu' : fill(text, price));
    }
  }
}).listen(0, () => console.log('open')); // 0: any port that is free

function fill(text, price) {
  let calories = 0;
  const end = Date.now() + 80;
  while (Date.now() < end) calories += 1;
  return text.replace('PRICE', price).replace('CALORIES', calories);
}
