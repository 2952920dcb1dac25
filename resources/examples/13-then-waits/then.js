let settle;
const dish = new Promise(resolve => { settle = resolve; });

dish.then(name => console.log('1. served', name));
Promise.resolve().then(() => {
  console.log('a promise that was settled at once comes first');
});

setTimeout(function cook() {
  console.log('the dish is ready');
  settle('soup');
  dish.then(name => console.log('2. served', name));
  console.log('and the callback goes on to its end');
}, 20);
