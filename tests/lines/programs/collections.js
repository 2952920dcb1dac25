const map = new Map([['a', 1], [NaN, 'nan'], [{}, 'object']]);
map.set('b', map.size).delete('a');
let text = '';
for (const [key, value] of map) { const kind = typeof key; text += kind + value; }
const set = new Set('hello');
set.forEach((each) => { if (each === 'l') set.delete(each); });
const union = [...set, ...map.keys()].length;
const weak = new WeakMap();
const key = {};
weak.set(key, 'weak');
const got = weak.get(key);
const grouped = new Map();
for (const word of ['one', 'two', 'three']) {
  const length = word.length;
  if (!grouped.has(length)) grouped.set(length, []);
  grouped.get(length).push(word);
}
const [[, first]] = grouped;
const ref = new WeakRef(key);
const alive = ref.deref() === key;
const counts = Object.fromEntries([...'aab'].reduce((m, c) => m.set(c, (m.get(c) ?? 0) + 1), new Map()));
console.log(text, union, got, first.join(), alive, counts.a);
