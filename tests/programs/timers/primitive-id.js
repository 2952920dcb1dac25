// A Timeout turns into a number, and that number (or its string) clears it.
const timeout = setTimeout(() => console.log('must not run'), 1);
const id = +timeout;
console.log(typeof id, Number.isInteger(id), id === Number(timeout));
clearTimeout(String(id));
console.log('destroyed', timeout._destroyed);

const other = setTimeout(() => console.log('runs'), 1);
clearTimeout(undefined);
clearTimeout(null);
clearTimeout({});
clearTimeout('not an id');
console.log('destroyed', other._destroyed);
