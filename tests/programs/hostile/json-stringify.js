// exit: 1
// JSON.stringify and JSON.parse are replaced: printing and errors do not depend on them.
JSON.stringify = () => '{"stolen":true}';
JSON.parse = () => { throw new Error('stolen parse'); };
console.log({ a: [1, 'two'], b: new Map([[1, { c: 3 }]]) });
console.log(JSON.stringify({}), '%j', 1);
console.log('%j', { real: true });
setImmediate(() => { throw Object.assign(new Error('with props'), { list: ['x'] }); });
