// exit: 1
// An uncaught error is printed with its chain of causes and its own properties.
function brew() {
  throw new Error('no water', { cause: 'tap closed' });
}
try {
  brew();
} catch (cause) {
  throw Object.assign(new Error('no coffee', { cause }), { code: 'E_COFFEE', cups: 2 });
}
