const http = require('node:http');
const fs = require('node:fs');
const { scrypt } = require('node:crypto');

const server = http.createServer((req, res) => {
  if (req.url === '/report') return buildReport(res);
  setImmediate(log, req.url); // work for every rail of the pass
  setTimeout(serve, 100, res);
  fs.stat('menu.html', weigh);
  scrypt(req.url, 'salt', 64, seal);
}).listen(0, '127.0.0.1', () => require('./customers.js').come(server));

const log = url => console.log(url);
const serve = res => res.end('soup, salad, tart');
const weigh = (error, menu) => { if (error || menu.size === 0) throw new Error('no menu'); };
const seal = error => { if (error) throw error; };

// The cause: every row is compared with every row.
const sortRows = rows => {
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < rows.length; j++) {
      if (compare(rows[i], rows[j]) < 0) [rows[i], rows[j]] = [rows[j], rows[i]];
    }
  }
  return rows;
};
const compare = (a, b) => day(a) - day(b);
const day = row => Date.parse(row.date);
const buildReport = res => res.end(sortRows(sales())[0].date);

// 1,500 rows, in no order.
const sales = () => Array.from({ length: 1500 }, (_, i) => (
  { date: new Date(Date.UTC(2025, 0, 1 + i * 7919 % 365)).toISOString(), sum: i % 40 }));
