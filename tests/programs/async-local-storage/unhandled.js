// Which store the error handlers see.
const { AsyncLocalStorage } = require('node:async_hooks');
const als = new AsyncLocalStorage();
process.on('unhandledRejection', (reason) => console.log('rejection', reason, als.getStore()));
process.on('uncaughtException', (error) => console.log('exception', error.message, als.getStore()));
als.run('guest 1', () => { Promise.reject('no soup'); });
als.run('guest 2', () => setImmediate(() => { throw new Error('fly in soup'); }));
als.run('guest 3', () => setTimeout(() => setImmediate(() => { throw new Error('cold soup'); }), 10));
