// unhandledRejection, and rejectionHandled when the catch comes too late.
const names = new Map();
process.on('unhandledRejection', (reason, promise) => console.log('unhandled', names.get(promise), reason.message));
process.on('rejectionHandled', (promise) => console.log('handled late', names.get(promise)));
const early = Promise.reject(new Error('one'));
const late = Promise.reject(new Error('two'));
names.set(early, 'early').set(late, 'late');
early.catch(() => console.log('caught early'));
setImmediate(() => late.catch(() => console.log('caught late')));
