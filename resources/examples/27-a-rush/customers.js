// Sixteen customers in the same program, so that nobody has to open a browser.
const http = require('node:http');

exports.come = server => {
  const { address, port } = server.address();
  let served = 0;

  // A customer sits down at once, and asks when it is told to end.
  const customer = path => http.request({ host: address, port, path, agent: false }, res => {
    res.resume().on('end', () => {
      served += 1;
      if (path === '/report') console.log('the report is ready');
      if (served === 16) {
        console.log(served, 'customers were served');
        server.close();
      }
    });
  });

  // Twelve sit down. Then all of them ask, and four more come to the door. Table 7 asks for the report.
  const seated = Array.from({ length: 12 }, (_, i) => customer(i === 5 ? '/report' : '/menu'));
  let tables = 0;
  server.on('connection', () => {
    tables += 1;
    if (tables !== 12) return;
    for (const each of seated) each.end();
    setImmediate(() => {
      for (let i = 0; i < 4; i++) customer('/menu').end();
    });
  });
};
