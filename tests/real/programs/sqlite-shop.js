// A small shop in a database: tables are made, an order takes from the stock, a report is printed.
const sqlite3 = require('sqlite3');
const { promisify } = require('node:util');

const db = new sqlite3.Database(':memory:');
const all = promisify(db.all.bind(db));
const run = (sql, ...values) => new Promise((resolve, reject) => {
  db.run(sql, values, function (error) {
    if (error) reject(error);
    else resolve(this.changes);
  });
});

db.serialize(() => {
  db.run('CREATE TABLE products (name TEXT PRIMARY KEY, price INTEGER, stock INTEGER)');
  db.run('CREATE TABLE orders (product TEXT, amount INTEGER)');
  const insert = db.prepare('INSERT INTO products VALUES (?, ?, ?)');
  for (const [name, price, stock] of [['tea', 4, 10], ['cake', 3, 1], ['soup', 6, 0]]) {
    insert.run(name, price, stock);
  }
  insert.finalize();
  db.get('SELECT count(*) AS count FROM products', (error, row) => {
    console.log('products:', row.count);
    sell();
  });
});

async function order(product, amount) {
  const changed = await run('UPDATE products SET stock = stock - ? WHERE name = ? AND stock >= ?', amount, product, amount);
  if (changed === 0) throw new Error(`not enough ${product}`);
  await run('INSERT INTO orders VALUES (?, ?)', product, amount);
  console.log('sold', amount, product);
}

async function sell() {
  for (const [product, amount] of [['tea', 3], ['soup', 1], ['cake', 1]]) {
    try {
      await order(product, amount);
    } catch (error) {
      console.log('refused:', error.message);
    }
  }
  const rows = await all('SELECT name, stock FROM products ORDER BY name');
  for (const { name, stock } of rows) console.log(`${name}: ${stock} left`);
  db.each('SELECT product, amount FROM orders', (error, row) => {
    console.log('order', row.product, row.amount);
  }, () => db.close(() => console.log('closed')));
}
