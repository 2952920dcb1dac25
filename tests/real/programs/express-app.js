// A book shop: an Express app with three routes, and the client that tries them.
const express = require('express');
const http = require('node:http');

const books = [
  { id: 1, title: 'Dune', price: 9 },
  { id: 2, title: 'Emma', price: 7 },
];

const app = express();
app.use(express.json());
app.use((req, res, next) => {
  console.log(`${req.method} ${req.url}`);
  next();
});

app.get('/books', (req, res) => {
  res.json(books);
});

app.get('/books/:id', async (req, res, next) => {
  try {
    const book = await findBook(Number(req.params.id));
    if (!book) return res.status(404).json({ error: 'no such book' });
    res.json(book);
  } catch (error) {
    next(error);
  }
});

app.post('/orders', (req, res) => {
  const total = req.body.ids.map(id => books.find(book => book.id === id).price).reduce((a, b) => a + b, 0);
  setTimeout(() => res.status(201).json({ total }), 15);
});

app.use((error, req, res, next) => {
  res.status(500).json({ error: error.message });
});

function findBook(id) {
  return new Promise(resolve => setTimeout(() => resolve(books.find(book => book.id === id)), 10));
}

function request(port, method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': 'application/json' } : {};
    const req = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, res => {
      let text = '';
      res.on('data', chunk => (text += chunk));
      res.on('end', () => resolve(`${res.statusCode} ${text}`));
    });
    req.on('error', reject);
    req.end(body && JSON.stringify(body));
  });
}

const server = app.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  console.log('shop is open');
  console.log(await request(port, 'GET', '/books'));
  console.log(await request(port, 'GET', '/books/2'));
  console.log(await request(port, 'GET', '/books/9'));
  console.log(await request(port, 'POST', '/orders', { ids: [1, 2] }));
  console.log(await request(port, 'POST', '/orders', { ids: [3] }));
  server.close(() => console.log('shop is closed'));
});
