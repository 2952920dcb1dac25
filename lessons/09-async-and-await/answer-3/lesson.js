const { setTimeout: sleep } = require('node:timers/promises');

async function serve(dish) {
  await sleep(200);
  console.log(dish);
}

console.log('start');
Promise.all([serve('soup'), serve('pie'), serve('cake')])
  .then(() => console.log('done'));
