// Whole programs from a seed: a map of file names and texts, the first of them the program.
import { declareClass } from './classes.mjs';
import { Maker } from './maker.mjs';
import { Chance } from './scope.mjs';
import { declareFunction } from './statements.mjs';

function start(m, c) {
  const lines = [];
  if (!m.isModule && m.isStrict) lines.push(`'use strict';`);
  if (c.is(0.3)) lines.push('/* What is on the table', '   tonight. */');
  return lines;
}

function variables(m, c, most) {
  return Array.from({ length: c.from(1, most) }, () => {
    const type = m.type();
    const value = m.expression(type, 1);
    const kind = c.of(['let', 'let', 'const', 'var']);
    return `${kind} ${m.declare(type, { fixed: kind === 'const' })} = ${value};`;
  });
}

// Several async functions at work at once, so that one goes on while others wait.
function tasks(m, c) {
  const lines = [];
  const named = `task${++m.shared.count}`;
  if (c.is(0.6)) {
    const { lines: text } = m.makeFunction({ kind: 'async', returns: 'number', size: 2, given: 'who', more: () => {
      const body = m.times(2, () => m.within({}, () => m.statements(1, 2)));
      return m.braces('for (let turn = 0; turn < 2; turn++)', [`await ${c.of(['turn', 'null', 'Promise.resolve(turn)'])};`, ...body]);
    } }, (given) => `async function ${named}(${given})`);
    lines.push(...text);
    const all = `Promise.all([${named}('a'), ${named}('b')])`;
    lines.push(m.isModule ? `log.push((await ${all}).join());` : `${all}.then((all) => { console.log(all.join(), log.length); });`);
  }
  if (!m.isModule && c.is(0.5)) {
    const { lines: text } = m.makeFunction({ kind: 'async', returns: 'number', size: 5, given: '' }, () => `(async function ${c.is(0.5) ? 'main' : ''}()`);
    text[text.length - 1] += ')().then((value) => { console.log(value, log.join(" ")); });';
    lines.push(...text);
  }
  return lines;
}

// How the program ends, when it does not simply end.
function endings(m, c) {
  return c.of([
    () => ['process.exitCode = 3;'], () => [`throw new Error('at the end');`], () => [`Promise.reject(new TypeError('nobody'));`],
    () => [`process.on('exit', (code) => { ${m.simple()} console.log('exit', code); });`],
    () => [`setTimeout(() => { console.log(log.length); process.exit(2); }, 1);`],
    () => [`process.on('uncaughtException', (error) => { console.log(error.message); });`, `setTimeout(() => { null.none; }, 1);`],
  ])();
}

// Another file that the program takes things from.
function part(chance, { isModule, shared, log }) {
  const m = new Maker(chance, { isModule, isStrict: chance.is(0.3), shared });
  const lines = [...start(m, chance)];
  lines.push(isModule ? `import { log } from '${log}';` : 'const log = [];');
  lines.push(...variables(m, chance, 2));
  const exported = [];
  for (let i = chance.from(1, 3); i > 0; --i) {
    const known = new Set(m.scope.variables.keys());
    const text = chance.is(0.75) ? declareFunction(m, chance) : declareClass(m, chance);
    const [name] = [...m.scope.variables.keys()].filter((each) => !known.has(each));
    lines.push(...text);
    exported.push(m.scope.variables.get(name));
  }
  if (isModule) {
    const value = m.number(1);
    const live = m.declare('number', { fresh: true });
    lines.push(`export let ${live} = ${value};`, `export function change${live}(by = 1) { ${live} += by; return ${live}; }`);
    lines.push(`export { ${exported.map(({ name }) => name).join(', ')} };`);
    exported.push({ name: live, type: 'number', fixed: true },
      { name: `change${live}`, type: 'function', kind: 'plain', returns: 'number', cost: 4, parameters: [{ type: 'number', optional: true }] });
  } else {
    lines.push(...m.statements(0, 2), `module.exports = { ${exported.map(({ name }) => name).join(', ')}, log };`);
  }
  return { lines, exported };
}

export function program(seed) {
  const chance = new Chance(seed);
  const isModule = chance.is(0.4);
  const shared = { count: 0, written: 0, unrecorded: new Set() };
  const m = new Maker(chance, { isModule, isStrict: chance.is(0.3), shared });
  const ending = isModule ? 'mjs' : 'js';
  const name = `g${seed}`;
  const files = new Map([[`${name}.${ending}`, '']]);
  const lines = start(m, chance);

  if (chance.is(0.4)) {
    const file = `parts/${name}-part.${ending}`;
    const other = part(chance, { isModule, shared, log: `./${name}-log.mjs` });
    files.set(file, other.lines);
    const names = other.exported.map((each) => each.name).join(', ');
    if (isModule) {
      files.set(`parts/${name}-log.mjs`, ['export const log = [];']);
      if (chance.is(0.3)) lines.push(`import { log } from './parts/${name}-log.mjs';`, `const { ${names} } = await import('./${file}');`);
      else lines.push(`import { log } from './parts/${name}-log.mjs';`, `import { ${names} } from './${file}';`);
    } else {
      lines.push(`const { ${names}, log } = require('./${file}');`);
    }
    for (const each of other.exported) m.scope.variables.set(each.name, { ...each, fixed: true });
  } else {
    lines.push('const log = [];');
  }
  lines.push(...variables(m, chance, 4));
  const declarations = chance.from(1, 3);
  for (let i = 0; i < declarations; ++i) {
    const text = declareFunction(m, chance);
    lines.push(...text);
  }
  while (!m.isFull()) lines.push(...m.statement());
  lines.push(...tasks(m, chance));
  if (chance.is(0.15)) lines.push(...m.statement());
  lines.push(`console.log(log.join(' '));`);
  if (chance.is(0.3)) lines.push(...endings(m, chance));
  if (shared.unrecorded.size > 0) lines.unshift(`// not recorded: ${[...shared.unrecorded].join(', ')}`);
  files.set(`${name}.${ending}`, lines);
  return new Map([...files].map(([file, text]) => [file, `${text.join('\n')}\n`]));
}
