// Promises of another vm context share the microtask queue, unless it has its own.
const vm = require('node:vm');
const shared = vm.createContext({ console });
const own = vm.createContext({ console }, { microtaskMode: 'afterEvaluate' });
Promise.resolve().then(() => console.log('main realm'));
vm.runInContext('Promise.resolve().then(() => console.log("shared queue"))', shared);
vm.runInContext('Promise.resolve().then(() => console.log("own queue"))', own);
console.log('main done');
