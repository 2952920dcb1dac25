const http = require('node:http');
const fs = require('node:fs');
const { scrypt } = require('node:crypto');
const sales = require('./sales.json');

const server = http.createServer((req, res) => {
  if (req.url === '/report') return buildReport(res);
  setImmediate(log, req.url);
  fs.stat('menu.html', (error, page) => {
    scrypt(req.url, 'salt', 64, () => res.end(`menu, ${page.size} bytes`));
  });
}).listen(0, '127.0.0.1', () => require('./customers.js').come(server));

const log = url => console.log(url);

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
const buildReport = res => res.end(sortRows(sales)[0].date);
