// flags: --no-warnings
// Warnings are events from a tick; with --no-warnings the listeners still get them.
process.on('warning', (w) => console.log('warning', w.name, w.code, w.message, w.detail));
process.emitWarning('plain text');
process.emitWarning('typed', 'CafeWarning', 'CAFE01');
process.emitWarning('options', { type: 'CafeWarning', code: 'CAFE02', detail: 'a detail' });
process.emitWarning('old thing', 'DeprecationWarning', 'CAFE03');
try { process.emitWarning(42); } catch (error) { console.log(error.code); }
console.log('main done');
