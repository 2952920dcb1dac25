// Async generators queue their requests and answer in order.
async function* count() {
  try {
    for (let i = 1; ; i++) {
      console.log('making', i);
      yield i;
    }
  } finally {
    console.log('cleanup');
  }
}
const it = count();
Promise.all([it.next(), it.next(), it.return('end'), it.next()]).then((all) => console.log(all));
(async () => {
  for await (const value of [Promise.resolve('a'), 'b']) console.log(value);
})();
