function* numbers(from, to) {
  for (let n = from; n <= to; n++) {
    const got = yield n;
    if (got) n += got;
  }
  return 'end';
}
const it = numbers(1, 5);
let step = it.next();
step = it.next(2);
while (!step.done) step = it.next();
const last = step.value;
function* both() {
  const first = yield* numbers(1, 2);
  yield first;
  yield* [7, 8];
}
let text = '';
for (const each of both()) text += each;
const [a, , b] = numbers(1, 9);
console.log(last, text, a, b);
