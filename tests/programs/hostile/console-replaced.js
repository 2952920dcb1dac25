// console and its methods are replaced: warnings and uncaught errors do not go through them.
const lines = [];
const print = process.stdout.write.bind(process.stdout);
console.log = console.error = console.warn = (...args) => lines.push(args.join(' '));
console.log('kept', 1);
globalThis.console = { log() { lines.push('second thief'); } };
console.log('lost');
delete globalThis.console;
print(`${typeof console} ${lines.join(', ')}\n`);
process.on('uncaughtException', (error) => print(`${error.name}: ${error.message}\n`));
setImmediate(() => console.log('no console'));
