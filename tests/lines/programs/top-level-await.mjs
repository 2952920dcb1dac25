const first = await 1;
let second = 0;
try {
  second = await Promise.reject(new Error('no'));
} catch (error) {
  second = error.message;
} finally {
  await null;
}
for await (const each of [first, Promise.resolve(5)]) second += each;
const third = (await Promise.all([1, 2].map(async (x) => x * (await 10)))).join();
{
  const inner = await 'block';
  var hoisted = inner;
}
console.log(first, second, third, hoisted, import.meta.url.slice(0, 4), typeof this);
