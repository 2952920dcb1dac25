const log = [];
function* careful() {
  let round = 0;
  while (true) {
    try {
      round++;
      yield round;
    } catch (error) {
      log.push(error.message);
    } finally {
      log.push('finally ' + round);
    }
  }
}
const one = careful();
one.next();
one.throw(new Error('first'));
const given = one.return(42);
const after = one.next();
const never = careful();
const early = never.return(1);
try {
  careful().throw(new Error('at once'));
} catch ({ message }) {
  log.push(message);
}
for (const each of careful()) if (each > 2) break;
const object = { *items() { const self = this; yield self.size; }, size: 3 };
const [size] = object.items();
console.log(log.join(), given.value, after.done, early.value, size);
