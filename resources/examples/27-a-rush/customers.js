// Twelve customers in the same program, so that nobody has to open a browser.
const http = require('node:http');

exports.come = server => {
  const { port } = server.address();
  let served = 0;

  const ask = (path, then) => http.get({ port, path, agent: false }, res => {
    res.resume().on('end', () => {
      served += 1;
      if (then) then();
      if (served === 12) {
        console.log(served, 'customers were served');
        server.close();
      }
    });
  });

  ask('/menu', () => ask('/menu', () => {
    ask('/report', () => console.log('the report is ready'));
    for (let i = 0; i < 9; i++) ask('/menu');
  }));
};
