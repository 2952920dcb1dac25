function deep(n) {
  if (n === 0) throw new RangeError('deep');
  try {
    return deep(n - 1);
  } finally {
    log.push(n);
  }
}
const log = [];
try { deep(3); } catch (error) { log.push(error.message); }
function returns() {
  for (const i of [1, 2, 3]) {
    try {
      if (i === 2) return 'try' + i;
    } finally {
      log.push('f' + i);
      if (i === 1) continue;
    }
  }
}
const given = returns();
function overrides() { try { throw new Error('lost'); } catch (e) { return e.message; } finally { return 'finally'; } }
const over = overrides();
function rethrows() {
  try {
    try { null.x; } catch (inner) { const kind = inner.name; throw new Error(kind, { cause: inner }); }
  } catch (outer) {
    const { message, cause } = outer;
    return message + (cause instanceof TypeError);
  }
}
const both = rethrows();
try { throw 'a string'; } catch (thrown) { log.push(thrown); }
try { throw undefined; } catch { log.push('nothing'); }
try { [3, 1].sort(() => { throw new Error('in sort'); }); } catch ({ message: m }) { log.push(m); }
try { JSON.parse('{'); } catch (e) { log.push(e.name); }
console.log(log.join(), given, over, both);
