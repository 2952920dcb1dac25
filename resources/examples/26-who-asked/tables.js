const { AsyncLocalStorage } = require('node:async_hooks');
const { setTimeout: pause } = require('node:timers/promises');

const table = new AsyncLocalStorage();

async function serve() {
  console.log('table', table.getStore(), 'orders');
  await pause(20 * table.getStore());
  console.log('table', table.getStore(), 'is served');
}

for (const number of [3, 1, 2]) table.run(number, serve);
