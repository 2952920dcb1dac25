// Four ways to wait for several: all, allSettled, race, any; with shops that answer, refuse, or take too long.
function ask(shop, ms, price) {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      if (price === undefined) reject(new Error(`${shop} is closed`));
      else resolve({ shop, price });
    }, ms);
  });
}

function limit(ms) {
  return new Promise((resolve, reject) => setTimeout(reject, ms, new Error('too late')));
}

async function everybody() {
  const prices = await Promise.all([ask('north', 20, 7), ask('south', 10, 5), { shop: 'here', price: 6 }]);
  console.log('all:', prices.map(({ shop, price }) => `${shop} ${price}`).join(', '));
}

async function whoever() {
  const answers = await Promise.allSettled([ask('east', 15, 4), ask('west', 5)]);
  for (const { status, value, reason } of answers) {
    console.log(`${status}: ${value ? value.shop : reason.message}`);
  }
}

async function fastest() {
  const first = await Promise.race([ask('far', 40, 1), ask('near', 8, 9)]);
  console.log('race:', first.shop);
  try {
    await Promise.race([ask('slow', 60, 2), limit(12)]);
  } catch (error) {
    console.log('race:', error.message);
  }
}

async function anybody() {
  const one = await Promise.any([ask('shut', 3), ask('open', 9, 3)]);
  console.log('any:', one.shop);
  await Promise.any([ask('shut', 2), ask('gone', 1)]).catch(error => {
    console.log('any:', error.errors.map(each => each.message).join(' and '));
  });
}

everybody().then(whoever).then(fastest).then(anybody).finally(() => console.log('done'));
