// bind and snapshot keep a context for later.
import { AsyncLocalStorage } from 'node:async_hooks';
const als = new AsyncLocalStorage();
const bound = als.run('bound', () => AsyncLocalStorage.bind((word) => console.log(word, als.getStore())));
const snapshot = als.run('snapshot', () => AsyncLocalStorage.snapshot());
als.run('caller', () => {
  bound('bind');
  console.log('snapshot', snapshot(() => als.getStore()));
  console.log('caller', als.getStore());
});
await null;
console.log('module', als.getStore());
