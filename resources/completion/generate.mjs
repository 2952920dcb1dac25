// Writes what the editor completes, asked of the Node that programs run on: modules, their members, globals and theirs.
// node generate.mjs > node-api.json
import { builtinModules, createRequire } from 'node:module';

process.noDeprecation = true; // to look at a deprecated member is not to use it
const require = createRequire(import.meta.url);
const isName = name => typeof name === 'string' && /^[A-Za-z$][\w$]*$/.test(name);

// "f": a function, "c": a class, "v": anything else.
function kind(owner, name) {
  try {
    const value = owner[name];
    if (typeof value !== 'function') return 'v';
    return /^class\b/.test(Function.prototype.toString.call(value)) || (/^[A-Z]/.test(name) && value.prototype) ? 'c' : 'f';
  } catch {
    return 'v'; // a getter that works on instances only
  }
}

function members(owner, inherited) {
  const found = {};
  for (let o = owner; o && o !== Object.prototype && o !== Function.prototype; o = inherited ? Object.getPrototypeOf(o) : null) {
    for (const name of Object.getOwnPropertyNames(o)) {
      if (isName(name) && name !== 'constructor' && !name.startsWith('__') && !(name in found)) found[name] = kind(owner, name);
    }
  }
  return found;
}

const modules = {};
for (const name of builtinModules.filter(name => !name.startsWith('_')).sort()) {
  const exported = require(name);
  modules[name] = members(exported, name === 'process' || name === 'console');
  if (typeof exported === 'function') {
    for (const own of ['length', 'name', 'prototype', 'arguments', 'caller']) delete modules[name][own];
  }
}
for (const name of ['node:test', 'node:sea', 'node:sqlite', 'node:test/reporters']) {
  try {
    modules[name] = members(require(name), false);
  } catch {
    // this Node does not have it
  }
}

const globals = {};
for (const name of [...Object.getOwnPropertyNames(globalThis), 'require', 'module', 'exports', '__dirname', '__filename'].filter(isName).sort()) {
  const value = globalThis[name];
  const holder = name in globalThis && value && (typeof value === 'object' || typeof value === 'function') && value !== globalThis;
  const of = holder ? members(value, typeof value === 'object') : {};
  for (const own of ['length', 'name', 'prototype', 'arguments', 'caller']) if (typeof value === 'function') delete of[own];
  globals[name] = { kind: name in globalThis ? kind(globalThis, name) : name === 'require' ? 'f' : 'v', members: of };
}
globals.module.members = { exports: 'v', id: 'v', filename: 'v', path: 'v', paths: 'v', children: 'v', loaded: 'v', parent: 'v', require: 'f' };
globals.require.members = members(require, false);
for (const own of ['length', 'name', 'prototype']) delete globals.require.members[own];

// What values have that everybody uses: offered after a dot when nothing is known about what stands before it.
const values = {};
for (const prototype of [Array.prototype, String.prototype, Promise.prototype, Map.prototype, Set.prototype, require('events').prototype]) Object.assign(values, members(prototype, false));
for (const name of Object.keys(values)) if (name.startsWith('_')) delete values[name];

process.stdout.write(JSON.stringify({ node: process.version, modules, globals, values }));
