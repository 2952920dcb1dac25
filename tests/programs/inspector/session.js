// A session with oneself, no port opened: evaluation, and messages as they come.
const inspector = require('node:inspector');
const session = new inspector.Session();
session.connect();
session.on('Runtime.consoleAPICalled', ({ params }) => process.stdout.write(`told of ${params.type} ${params.args[0].value}\n`));
session.post('Runtime.enable');
session.post('Runtime.evaluate', { expression: '6 * 7' }, (error, { result }) => {
  console.log(error, result);
  session.post('Nonsense.method', (wrong) => {
    console.log(wrong.code, wrong.message);
    session.disconnect();
    try { session.post('Runtime.enable'); } catch (gone) { console.log(gone.code); }
    console.log(inspector.url());
  });
});
