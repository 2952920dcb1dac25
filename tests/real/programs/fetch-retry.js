// fetch with retries and a time limit: the weather service fails twice, then is slow, then answers.
const http = require('node:http');

let calls = 0;
const service = http.createServer((req, res) => {
  calls++;
  res.setHeader('connection', 'close');
  if (calls <= 2) {
    res.statusCode = 503;
    return res.end('busy');
  }
  if (calls === 3) {
    const late = setTimeout(() => res.end('too late'), 8000);
    req.on('close', () => clearTimeout(late));
    return;
  }
  res.end(JSON.stringify({ city: 'Lima', degrees: 21 }));
});

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

async function fetchWithLimit(url, ms) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  try {
    return await fetch(url, { signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}

async function fetchWithRetry(url, { retries, limit }) {
  for (let attempt = 1; attempt <= retries; attempt++) {
    try {
      const response = await fetchWithLimit(url, limit);
      if (response.ok) return response;
      await response.text();
      console.log(`attempt ${attempt}: status ${response.status}`);
    } catch (error) {
      console.log(`attempt ${attempt}: ${error.name}`);
    }
    await sleep(10 * attempt);
  }
  throw new Error('gave up');
}

async function main() {
  await new Promise(resolve => service.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${service.address().port}/weather`;
  try {
    const response = await fetchWithRetry(url, { retries: 5, limit: 1500 });
    const weather = await response.json();
    console.log(`${weather.city}: ${weather.degrees} degrees`);
  } finally {
    service.close(() => console.log('service stopped'));
  }
}

main();
