// A client that does not know the certificate refuses it; one that is told not to look does not.
const https = require('node:https');
const fs = require('node:fs');
const path = require('node:path');
const read = (name) => fs.readFileSync(path.join(__dirname, 'fixtures', name));
const certificate = read('certificate.pem');
const server = https.createServer({ key: read('key.pem'), cert: certificate }, (request, response) => response.end('fine'));
const at = (options) => ({ port: server.address().port, host: '127.0.0.1', servername: 'localhost', agent: false, ...options });
server.listen(0, '127.0.0.1', () => {
  https.get(at({})).on('error', (error) => {
    console.log(error.code, error.message);
    https.get(at({ ca: certificate, servername: 'example.invalid' })).on('error', (wrongName) => {
      console.log(wrongName.code, wrongName.reason);
      https.get(at({ rejectUnauthorized: false }), (response) => {
        console.log(response.statusCode, response.socket.authorized, response.socket.authorizationError);
        response.resume().on('end', () => server.close());
      });
    });
  });
});
