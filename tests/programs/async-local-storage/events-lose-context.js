// An event listener runs in the context of emit, not of on.
const { AsyncLocalStorage } = require('node:async_hooks');
const { EventEmitter, EventEmitterAsyncResource } = require('node:events');
const als = new AsyncLocalStorage();
const plain = new EventEmitter();
const kept = als.run('maker', () => new EventEmitterAsyncResource({ name: 'Bell' }));
als.run('listener', () => {
  plain.on('ring', () => console.log('plain', als.getStore()));
  kept.on('ring', () => console.log('kept', als.getStore()));
});
als.run('emitter', () => { plain.emit('ring'); kept.emit('ring'); });
