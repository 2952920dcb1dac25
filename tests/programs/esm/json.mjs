// With the type said it works, with a warning.
import data from './fixtures/data.json' with { type: 'json' };
console.log(data.answer);
await import('./fixtures/data.json').catch((error) => console.log(error.code));
await import('./fixtures/data.json', { with: { type: 'css' } }).catch((error) => console.log(error.code, error.message));
await import('./fixtures/counter.mjs', { with: { type: 'json' } }).catch((error) => console.log(error.code));
console.log((await import('./fixtures/data.json', { with: { type: 'json' } })).default === data);
