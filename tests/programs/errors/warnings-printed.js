// flags: --trace-warnings
// How warnings look on stderr; process.pid is set to 1 so that the text is the same each run.
Object.defineProperty(process, 'pid', { value: 1 });
function cafe() {
  process.emitWarning('kettle is old', { type: 'CafeWarning', code: 'CAFE01', detail: 'Bought in 1999.' });
}
cafe();
setImmediate(() => process.emitWarning('use the new menu', 'DeprecationWarning', 'CAFE02'));
