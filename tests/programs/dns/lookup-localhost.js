// What the system itself knows, without asking a server.
const dns = require('node:dns');
dns.lookup('localhost', { family: 4 }, (error, address, family) => {
  console.log(error, address, family);
  dns.lookup('127.0.0.1', (failed, same, kind) => {
    console.log(failed, same, kind);
    dns.lookup('localhost', { all: true, family: 4 }, (wrong, all) => {
      console.log(wrong, all[0]);
      dns.promises.lookup('127.0.0.1', { all: true }).then((list) => console.log(list));
    });
  });
});
console.log('asked');
try { dns.lookup(5, () => {}); } catch (error) { console.log(error.code); }
try { dns.lookupService('127.0.0.1', 99999, () => {}); } catch (error) { console.log(error.code); }
