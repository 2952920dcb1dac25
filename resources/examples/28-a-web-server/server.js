const http = require('node:http');
const fs = require('node:fs/promises');

const server = http.createServer(async (req, res) => {
  console.log(req.method, req.url);
  if (req.url !== '/') {
    res.writeHead(404).end('not on the menu');
    return;
  }
  const page = await fs.readFile('page.html', 'utf8');
  res.setHeader('content-type', 'text/html; charset=utf-8');
  res.end(page.replace('{time}', new Date().toLocaleTimeString()));
});

server.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
