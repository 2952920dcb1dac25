const point = { x: 1, y: { z: -0, deep: [1, 2, [3]] }, extra: 'e', more: null };
const { x, y: { z, deep: [first, , [third]] }, ...rest } = point;
const { missing = x + 10, more = 'not used', extra: renamed = 'no' } = point;
let [a, b = a, ...tail] = [1, undefined, 3, 4];
[a, b] = [b, a + 5];
({ x: tail.length, ...point.copy } = { x: 1, q: 2 });
const key = 'y';
const { [key]: computed, [`${key}y`]: none = 'none' } = point;
function take({ name, age = 30, tags: [tag = 'plain', ...others] = [] } = {}, [head] = 'word') {
  const line = name + age + tag + others.length + head;
  return line;
}
const lines = [take(), take({ name: 'n', tags: ['t', 'u', 'v'] }, [9])];
for (const [index, { value, times = 2 }] of [{ value: 1 }, { value: 2, times: 3 }].entries()) {
  const product = value * times + index;
  lines.push(product);
}
const swap = ([p, q]) => [q, p];
const [q, p] = swap(['p', 'q']);
console.log(x, z, first, third, rest.extra, missing, more, renamed, a, b, tail.length, none, computed === point.y, p, q, lines.join());
