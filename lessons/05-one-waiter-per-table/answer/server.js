const http = require('node:http');
const fs = require('node:fs');
const db = require('./db.js');

const cooking = 150; // ms: so long the database needs for an answer
const computing = 200; // how much you work out yourself for a guest

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
  for (let i = 0; i < computing * 400_000; i++) calories += i % 7;
  return text.replace('PRICE', price).replace('CALORIES', calories);
}
