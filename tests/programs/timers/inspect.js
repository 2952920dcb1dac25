// A Timeout shows its fields; the start time and id are hidden here because they change.
const timeout = setTimeout(function brew() {}, 20, 'a', 'b');
clearTimeout(timeout);
for (const key of Reflect.ownKeys(timeout)) {
  const value = timeout[key];
  console.log(String(key), typeof value === 'number' ? 'a number' : value);
}
console.log(Object.getOwnPropertyNames(Object.getPrototypeOf(timeout)));
console.log(timeout[Symbol.dispose]?.name);
