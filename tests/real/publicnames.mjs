// Prints, a line each, every name that Node's own documentation lets a program write: the modules, what they export,
// what values of their classes have, the globals, and JavaScript's words. Asked of the node that runs this.
import { execFileSync } from 'node:child_process';
import { builtinModules, createRequire } from 'node:module';

process.noDeprecation = true; // to look at a deprecated member is not to use it
const require = createRequire(import.meta.url);
const names = new Set(['await', 'async', 'function', 'import', 'export', 'default', 'return', 'yield', 'new', 'class',
  'try', 'catch', 'finally', 'throw', 'for', 'while', 'require', 'module', 'exports', '__dirname', '__filename',
  'undefined', 'null', 'true', 'false']);
const seen = new Set();
const closed = new Set(['env', 'asyncWrapProviders', 'cache', 'moduleLoadList', 'config']); // what stands in them is no name to write

// What a name leads to, as deep as people write: fs.promises.readFile, http.Server.prototype.listen.
function take(owner, depth) {
  if ((typeof owner !== 'object' && typeof owner !== 'function') || owner === null || seen.has(owner)) return;
  seen.add(owner);
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (name.startsWith('_') || !/^[A-Za-z$][\w$]*$/.test(name)) continue;
    names.add(name);
    if (depth === 0 || closed.has(name)) continue;
    const { value } = Object.getOwnPropertyDescriptor(owner, name);
    take(value, depth - 1);
  }
  for (let of = Object.getPrototypeOf(owner); of && of !== Object.prototype; of = Object.getPrototypeOf(of)) take(of, 0);
}

for (const name of builtinModules.filter(name => !name.startsWith('_'))) {
  for (const part of name.split('/')) names.add(part);
  take(require(name), 3);
}
for (const name of ['node:test', 'node:sea']) take(require(name), 2);
for (const name of Object.getOwnPropertyNames(globalThis)) {
  names.add(name);
  take(globalThis[name], 2);
}
take(require, 1);

// What only a call gives: an async iterator, a file's handle, a timer and the like.
for (const value of [setTimeout(() => { }, 0), setImmediate(() => { }), (async function* () { })(), (function* () { })(),
  [].values()]) take(value, 1);

// The variables that it heeds.
for (const [name] of execFileSync(process.execPath, ['--help'], { encoding: 'utf8' }).matchAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g)) names.add(name);

process.stdout.write([...names].sort().join('\n') + '\n');
