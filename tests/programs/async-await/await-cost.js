// await of a native promise costs one microtask; a foreign thenable costs two.
let turn = 0;
(function count() { if (turn++ < 6) queueMicrotask(count); })();
const measure = async (name, make) => {
  const before = turn;
  await make();
  console.log(name, turn - before);
};
measure('value', () => 1);
measure('promise', () => Promise.resolve(1));
measure('thenable', () => ({ then: (ok) => ok() }));
measure('async function', async () => 1);
measure('async returning a promise', async () => Promise.resolve(1));
