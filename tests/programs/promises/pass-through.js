// then without functions passes values and errors on.
Promise.resolve('through').then(null, undefined).then(42).then(console.log);
Promise.reject(new Error('also through'))
  .then(() => console.log('skipped'))
  .then('not a function', null)
  .catch((e) => { console.log(e.message); return 'recovered'; })
  .then(console.log);
