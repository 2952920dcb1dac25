// Contexts of their own: globals, errors, time-outs, microtasks, functions that cross.
const vm = require('node:vm');
const sandbox = vm.createContext({ n: 1, console });
console.log(vm.runInContext('n += 1; var made = [n]; made', sandbox), sandbox, vm.isContext(sandbox), sandbox.made instanceof Array);
for (const [code, options] of [['throw new TypeError("inside")', {}], ['syntax error', { filename: 'own-name.js' }], ['for (;;);', { timeout: 10 }], ['require', {}], ['this.constructor.name', {}]]) {
  try { console.log(vm.runInNewContext(code, {}, options)); } catch (error) { console.log(error.name, error.code, error.message, error instanceof Error, error.stack.split('\n')[0]); }
}
const script = new vm.Script('globalThis.count = (globalThis.count ?? 0) + 1', { filename: 'count.js' });
console.log(script.runInThisContext(), script.runInThisContext(), script.runInNewContext({ count: 10 }), script.createCachedData().length > 0);
vm.runInContext('Promise.resolve().then(() => console.log("job of the context"))', sandbox);
console.log(vm.runInNewContext('Promise.resolve().then(() => list.push(1)); list', { list: [] }, { microtaskMode: 'afterEvaluate' }));
console.log(vm.compileFunction('return a + b', ['a', 'b'])(1, 2), eval('1 + 1'), new Function('a', 'return a * 2')(4));
vm.runInThisContext('import("node:fs")').catch((error) => console.log(error.code));
