// A server with a certificate of its own making, a client that knows it.
const https = require('node:https');
const fs = require('node:fs');
const path = require('node:path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const certificate = read('certificate.pem');
const server = https.createServer({ key: read('key.pem'), cert: certificate }, (request, response) => {
  console.log(request.method, request.url, request.socket.encrypted);
  response.end('secret\n');
});
server.listen(0, '127.0.0.1', () => {
  https.get({ port: server.address().port, host: '127.0.0.1', ca: certificate, servername: 'localhost', agent: false, path: '/x' }, (response) => {
    const { authorized } = response.socket;
    console.log(response.statusCode, authorized, response.socket.getProtocol(), response.socket.getPeerCertificate().subject.CN);
    response.on('data', (bytes) => console.log(bytes.toString()));
    response.on('end', () => server.close(() => console.log('closed')));
  });
});
