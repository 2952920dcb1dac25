// Each request has a number that every line of its log carries, however deep it was called: AsyncLocalStorage.
const { AsyncLocalStorage } = require('node:async_hooks');
const fs = require('node:fs');
const { setTimeout: delay } = require('node:timers/promises');

const context = new AsyncLocalStorage();
let nextId = 1;

function log(...parts) {
  const { id, user } = context.getStore() ?? { id: '-', user: '-' };
  console.log(`[${id} ${user}]`, ...parts);
}

function withRequest(user, work) {
  return context.run({ id: nextId++, user }, work);
}

async function loadProfile() {
  await delay(5);
  log('profile loaded');
  return { friends: 3 };
}

function readSettings() {
  return new Promise((resolve, reject) => {
    fs.readFile(__filename, 'utf8', (error, text) => {
      if (error) return reject(error);
      log('settings read');
      resolve(text.length > 0);
    });
  });
}

async function handle(wait) {
  log('begin');
  await delay(wait);
  const { friends } = await loadProfile();
  await readSettings();
  log('friends:', friends);
}

const requests = [
  withRequest('ann', () => handle(10)),
  withRequest('bob', () => handle(200)),
];
log('both under way');
Promise.all(requests).then(() => log('all served'));
