// import(): the same module once, errors as rejections, the same rejection again.
const [one, two] = await Promise.all([import('./fixtures/counter.mjs'), import('./fixtures/counter.mjs')]);
console.log(one === two, one[Symbol.toStringTag]);
for (const name of ['./fixtures/none.mjs', 'no-such-package', './fixtures/throws.mjs', './fixtures/throws.mjs', 'node:nonsense', 'https://example.invalid/x.mjs', './fixtures', 'data:text/javascript,export default 7', 'data:text/javascript,syntax error'])
  await import(name).then((module) => console.log(name, module.default), (error) => console.log(name, error.name, error.code, error.message.replaceAll(new URL('.', import.meta.url).pathname, '/')));
