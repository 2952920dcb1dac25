import { useClass } from './classes.mjs';

// The statements of generated programs: [how often, lines of it, whether it may stand here].

const bodyOf = (m, low = 1, high = 2) => m.within({}, () => m.statements(low, high));

// A loop's body, in which it may be left or gone on with.
function loopBody(m, times, label, lines = () => []) {
  m.fn.loops.push(label ?? '');
  const body = m.times(times, () => m.within({}, () => {
    const before = lines();
    const first = m.chance.is(0.2) ? [jump(m)] : [];
    const main = m.statements(1, 3);
    const last = m.chance.is(0.1) ? [jump(m)] : [];
    return [...before, ...first, ...main, ...last];
  }));
  m.fn.loops.pop();
  return body;
}
function jump(m) {
  const labels = m.fn.loops.filter(Boolean);
  const to = labels.length > 0 && m.chance.is(0.6) ? ` ${m.chance.of(labels)}` : '';
  return `if (${m.boolean(1)}) ${m.chance.of(['continue', 'break'])}${to};`;
}

function declaration(m, c) {
  const type = m.type();
  const kind = c.of(['let', 'let', 'const', 'const', 'var']);
  const value = m.expression(type);
  if (kind === 'var') return `var ${m.declare(type, { fresh: true })} = ${value};`;
  const name = m.declare(type, { fixed: kind === 'const' });
  if (kind === 'let' && c.is(0.15) && (type === 'number' || type === 'any')) return [`let ${name};`, `${name} = ${value};`];
  if (c.is(0.15)) {
    const more = m.number(1);
    return `${kind} ${name} = ${value}, ${m.declare('number', { fixed: kind === 'const' })} = ${more};`;
  }
  return `${kind} ${name} = ${value};`;
}

function branch(m, c) {
  const lines = m.braces(`if (${m.boolean(1)})`, bodyOf(m));
  if (c.is(0.3)) lines.push(...m.braces(`else if (${m.boolean(1)})`, bodyOf(m)));
  if (c.is(0.5)) lines.push(...m.braces('else', bodyOf(m)));
  else if (c.is(0.3)) lines.push(`if (${m.boolean(0)}) ${m.simple()}`, `else ${m.simple()}`);
  return lines;
}

function counting(m, c) {
  const rounds = c.from(1, 3);
  return m.within({}, () => {
    const name = m.declare('number', { fixed: true });
    const closes = c.is(0.3) && m.find('closures');
    const body = loopBody(m, rounds, undefined, () => (closes ? [`${m.scope.use(closes.name)}.push(() => ${m.scope.use(name)});`] : []));
    const head = c.of([`let ${name} = 0; ${name} < ${rounds}; ${name}++`, `let ${name} = ${rounds}; ${name} > 0; ${name} -= 1`,
      `let ${name} = 0, end = ${rounds}; ${name} < end; ++${name}`]);
    m.scope.use('end');
    return m.braces(`for (${head})`, body);
  });
}

function labelled(m, c) {
  const label = `loop${++m.shared.count}`;
  return m.within({}, () => {
    const outer = m.declare('number', { fixed: true });
    m.fn.loops.push(label);
    const within = m.within({}, () => {
      const inner = m.declare('number', { fixed: true });
      const body = m.times(4, () => loopBody(m, 1, undefined, () => [jump(m)]));
      return m.braces(`for (let ${inner} = 0; ${inner} < 2; ${inner}++)`, body);
    });
    const between = m.times(2, () => m.within({}, () => m.braces('', m.statement(2))));
    m.fn.loops.pop();
    return [`${label}:`, ...m.braces(`for (let ${outer} = 0; ${outer} < 2; ${outer}++)`, c.is(0.5) ? [...within, ...between] : [...between, ...within])];
  });
}

function overValues(m, c) {
  return m.within({}, () => {
    const values = c.of([() => `${m.array(1)}.slice(0, 3)`, () => `[${m.number(1)}, ${m.number(0)}]`, () => `new Set([1, ${m.number(0)}])`,
      () => `[${m.number(0)}, 2].entries()`, () => `Object.entries({ a: ${m.number(0)}, b: 2 })`])();
    const isPair = values.includes('ntries(');
    const kind = c.of(['const', 'let', 'var']);
    const one = (type) => m.declare(type, { fixed: kind !== 'let', fresh: kind === 'var' });
    const head = isPair ? `[${one('any')}, ${one('number')}]` : one('number');
    return m.braces(`for (${kind} ${head} of ${values})`, loopBody(m, 3));
  });
}

function overKeys(m, c) {
  return m.within({}, () => {
    const object = c.is(0.5) ? `{ a: ${m.number(0)}, b: 2 }` : m.variable('object', () => `{ q: 1 }`);
    return m.braces(`for (const ${m.declare('string', { fixed: true })} in ${object})`, loopBody(m, 3));
  });
}

function whileLoop(m, c) {
  const rounds = c.from(1, 3);
  const name = m.declare('number', { fixed: true });
  const body = loopBody(m, rounds, undefined, () => [`${m.scope.use(name)}--;`]);
  const first = `let ${name} = ${rounds};`;
  if (c.is(0.4)) return [first, ...m.braces('do', body, ` while (${name} > 0);`)];
  return [first, ...m.braces(`while (${name} > 0)`, body)];
}

function choice(m, c) {
  const value = m.chance.is(0.5) ? `${m.number(1)} % 3` : m.string(0);
  const lines = [];
  m.fn.loops.push('');
  m.within({}, () => {
    const cases = c.is(0.5) ? ['case 0:', 'case 1:', 'default:'] : [`case ${m.number(0)}:`, 'default:', `case 'soup':`, `case ${m.string(0)}:`];
    for (const each of cases) {
      const body = c.is(0.4) ? m.braces('', bodyOf(m)) : m.statements(0, 2);
      for (const name of m.scope.variables.keys()) m.scope.variables.set(name, { name, type: 'none' }); // another case has not set it
      lines.push(each, ...body.map((line) => `  ${line}`));
      if (c.is(0.7)) lines.push('  break;');
    }
  });
  m.fn.loops.pop();
  return [`switch (${value}) {`, ...lines.map((line) => `  ${line}`), '}'];
}

function failing(m, c) {
  const when = c.is(0.5) ? `if (${m.boolean(1)}) ` : '';
  const known = m.variable('any', () => 'undefined');
  return `${when}${c.of([
    () => `throw new ${c.of(['Error', 'TypeError', 'RangeError'])}(${m.string(1)});`, () => `throw ${m.number(0)};`,
    () => `throw { count: ${m.number(0)}, name: 'thrown' };`, () => `null.none;`, () => `${known}.none.none;`, () => `JSON.parse('{');`,
    () => `1n + 1;`, () => `{ early; let early = ${m.number(0)}; }`, () => `{ const set = 1; set = 2; }`, () => `notThere();`,
    () => `'x'.repeat(-1);`, () => `[].reduce((a, b) => a + b);`,
    () => (m.fn.isAsync ? `await Promise.reject(new Error('no'));` : `decodeURIComponent('%');`),
    () => {
      const thrower = m.find('thrower');
      return thrower ? `${thrower.name}(${m.number(0)});` : `throw null;`;
    },
  ])()}`;
}
function trying(m, c) {
  const lines = m.braces('try', m.within({}, () => [...m.statements(0, 1), failing(m, c), ...m.statements(0, 1)]));
  const form = c.below(6);
  const read = (name, field) => `log.push(${name}?.${field});`;
  m.within({}, () => {
    if (form < 3) {
      const name = m.declare('any', { fixed: c.is(0.5) });
      lines.push(...m.braces(`catch (${name})`, [...(c.is(0.7) ? [read(name, c.of(['message', 'name', 'count']))] : []), ...m.statements(0, 2)]));
    } else if (form === 3) lines.push(...m.braces('catch', bodyOf(m)));
    else {
      const inner = m.declare('string');
      lines.push(...m.braces(`catch ({ message: ${inner} = 'none' })`, m.statements(1, 2))); // null is thrown: not caught here
    }
  });
  if (form > 3) return [...m.braces('try', lines), ...m.braces(`catch`, bodyOf(m, 0, 1)), ...(c.is(0.5) ? m.braces('finally', bodyOf(m)) : [])];
  return c.is(0.4) ? [...lines, ...m.braces('finally', bodyOf(m))] : lines;
}

function taking(m, c) {
  const kind = c.of(['let', 'const']);
  const fixed = kind === 'const';
  const [a, b] = [m.number(0), m.number(1)];
  return c.of([
    () => {
      const value = m.array(1);
      return `${kind} [${m.declare('number', { fixed })} = ${a}, ${c.is(0.4) ? ', ' : ''}...${m.declare('array', { fixed })}] = ${value};`;
    },
    () => {
      const value = m.object(1);
      const deep = c.is(0.5) ? `, inner: { count: ${m.declare('any', { fixed })} = ${b} } = {}` : '';
      if (deep) return `${kind} { name: ${m.declare('string', { fixed })}${deep} } = { ...${m.safe(value)}, inner: undefined };`;
      return `${kind} { count: ${m.declare('number', { fixed })} = ${a}, name: ${m.declare('string', { fixed })}, ...${m.declare('any', { fixed })} } = ${value};`;
    },
    () => {
      const [one, two] = [m.find('number', (each) => !each.fixed), m.find('number', (each) => !each.fixed)];
      return one && one !== two && two ? `[${one.name}, ${two.name}] = [${two.name}, ${one.name} + 1];` : m.simple();
    },
    () => {
      const one = m.find('number', (each) => !each.fixed);
      return one ? `({ count: ${one.name} = ${a} } = ${m.object(1)});` : m.simple();
    },
    () => {
      const name = m.find('string')?.name ?? `'a'`;
      return `${kind} { [${name}]: ${m.declare('any', { fixed })} = ${b} } = { a: 1 };`;
    },
  ])();
}

function calling(m) {
  const call = m.callOf(m.type()) ?? m.callOf('number');
  return call ? `${call};` : m.simple();
}

function closure(m, c) {
  const before = { cost: m.cost, weight: m.weight };
  m.weight = 1;
  const text = m.within({ isFunction: true }, () => m.inFunction({ isArrow: true, returns: 'number' }, () => {
    if (c.is(0.5)) return `() => ${m.number(1)}`;
    return `() => { ${m.statement(1).join(' ')} return ${m.number(1)}; }`;
  }));
  const cost = Math.ceil(m.cost - before.cost) + 1;
  Object.assign(m, before);
  return `const ${m.declare('closure', { fixed: true, cost })} = ${text};`;
}
function collecting(m, c) {
  const rounds = c.from(2, 3);
  const name = m.declare('closures', { fixed: true });
  const lines = [`const ${name} = [];`];
  m.within({}, () => {
    m.scope.use(name);
    const counter = m.declare('number', { fixed: true });
    const body = m.times(rounds, () => m.within({}, () => {
      const value = m.number(1);
      m.scope.use(name);
      m.scope.use(counter);
      const more = m.declare('number', { fixed: c.is(0.5) });
      return [`let ${more} = ${value};`, ...m.statements(0, 1), `${name}.push(() => ${counter} + ${more});`];
    }));
    lines.push(...m.braces(`for (let ${counter} = 0; ${counter} < ${rounds}; ${counter}++)`, body));
  });
  m.times(rounds, () => m.within({}, () => {
    m.spend(2);
    m.scope.use(name);
    const each = m.declare('closure', { fixed: true, cost: 1 });
    lines.push(`for (const ${each} of ${name}) log.push(${each}());`);
  }));
  return lines;
}

export function declareFunction(m, c) {
  const kinds = ['plain', 'plain', 'generator', 'async', 'asyncgenerator'];
  const kind = c.of(kinds);
  const returns = kind.endsWith('generator') ? undefined : c.of(['number', 'number', 'string', 'boolean', 'array']);
  const name = m.scope.nameFor(c, !m.scope.isFunction, ++m.shared.count);
  m.scope.variables.set(name, { name, type: 'none' }); // not for what is within
  const word = `${kind.startsWith('async') ? 'async ' : ''}function${kind.endsWith('generator') ? '*' : ''}`;
  const form = c.below(4);
  const isArrow = form === 3 && !kind.endsWith('generator');
  const heads = [(text) => `${word} ${name}(${text})`, (text) => `const ${name} = ${word} (${text})`, (text) => `const ${name} = ${word} own${name}(${text})`,
    (text) => `const ${name} = ${kind === 'async' ? 'async ' : ''}(${text}) =>`];
  const head = form === 3 && !isArrow ? heads[1] : heads[form];
  const { lines, known } = m.makeFunction({ kind, returns, isArrow }, head, form === 0 ? '' : ';');
  const variable = { name, type: 'function', fixed: true, ...known };
  m.scope.variables.set(name, variable);
  return c.is(0.6) ? [...lines, ...using(m, c, variable)] : lines;
}

function recursion(m, c) {
  const name = m.scope.nameFor(c, true, ++m.shared.count);
  const rounds = c.from(2, 4);
  const { lines, cost } = m.within({ isFunction: true }, () => m.inFunction({ returns: 'number' }, () => {
    const left = m.declare('number', { fixed: true });
    const all = m.declare('number');
    const before = { cost: m.cost, weight: m.weight };
    m.weight = 1;
    const inner = m.statements(0, 1);
    const again = c.of([`${name}(${left} - 1, ${all} + ${left})`, `${left} + ${name}(${left} - 1)`, `${name}(${left} - 2) + ${name}(${left} - 1)`]);
    const body = [`if (${left} <= 0) return ${all};`, ...inner, `return ${again};`];
    const each = m.cost - before.cost + 3;
    Object.assign(m, before);
    return { lines: m.braces(`function ${name}(${left}, ${all} = 0)`, body), cost: each * (again.includes(') +') ? 2 ** rounds : rounds) };
  }));
  if (!m.canAfford(cost)) return lines;
  m.spend(cost);
  return [...lines, `log.push(${name}(${rounds}));`];
}

// What is done with a function that has just been written.
function using(m, c, { name, kind, cost, parameters }) {
  if (!m.canAfford(cost + 2)) return [];
  m.spend(cost + 1);
  const call = () => `${m.scope.use(name)}(${m.argumentsFor(parameters)})`;
  return m.within({}, () => {
    if (kind === 'plain') return [`log.push(String(${call()}).slice(0, 12));`];
    if (kind === 'async') return m.fn.isAsync && c.is(0.6) ? [`log.push(await ${call()});`] : [`${call()}.then((value) => { log.push(value); });`];
    if (kind === 'generator') return usingGenerator(m, c, call());
    const loop = () => {
      const over = call();
      return m.braces(`for await (const ${m.declare('any', { fixed: true })} of ${over})`, loopBody(m, 3));
    };
    return m.fn.isAsync ? loop() : m.braces('(async () =>', m.within({ isFunction: true }, () => m.inFunction({ isArrow: true, isAsync: true }, loop)), ')();');
  });
}
function usingGenerator(m, c, call) {
  const form = c.below(4);
  if (form === 0) return m.braces(`for (const ${m.declare('number', { fixed: true })} of ${call})`, loopBody(m, 3));
  if (form === 1) return [`log.push([...${call}].length);`];
  const name = m.declare('any', { fixed: true, fresh: true });
  if (form === 2) return [`const [${name}] = ${call};`];
  const lines = [`const ${name} = ${call};`, `log.push(${name}.next().value);`];
  if (c.is(0.6)) lines.push(`${name}.next(${m.number(0)});`);
  if (c.is(0.4)) lines.push(`log.push(${name}.return(${m.number(0)}).value);`);
  else if (c.is(0.5)) lines.push(...m.braces('try', [`${name}.throw(new Error('into'));`]), ...m.braces('catch (error)', ['log.push(error.message);']));
  return lines;
}
function again(m, c) {
  const known = m.find('function', (each) => m.canAfford(each.cost * 2 + 4));
  return known ? using(m, c, known) : declareFunction(m, c);
}

// Work that goes on later: promises, ticks, timers. One length of timers only, so that time says nothing of the order.
function later(m, c) {
  const text = m.within({ isFunction: true }, () => m.inFunction({ isArrow: true, isAsync: c.is(0.2) }, () => {
    const lines = m.braces(`${m.fn.isAsync ? 'async ' : ''}() =>`, m.statements(1, 2));
    return lines;
  }));
  const [first, ...others] = text;
  const put = (before, after) => (others.length === 0 ? [`${before}${first}${after}`] : [`${before}${first}`, ...others.slice(0, -1), `${others.at(-1)}${after}`]);
  return c.of([() => put('setTimeout(', ', 1);'), () => put('queueMicrotask(', ');'), () => put('process.nextTick(', ');'),
    () => put('Promise.resolve().then(', ').catch(() => {});'), () => put('Promise.resolve(1).finally(', ').catch(() => {});')])();
}

function awaiting(m, c) {
  const lines = [];
  const one = () => m.callOf('number', 'async') ?? `Promise.resolve(${m.number(0)})`;
  m.spend(1);
  const form = c.below(6);
  if (form === 0) {
    const calls = [one(), one()].join(', ');
    return `const [${m.declare('number', { fixed: true })}, ${m.declare('number', { fixed: true })}] = await Promise.all([${calls}]);`;
  }
  if (form === 1) return m.braces('try', m.within({}, () => [`await Promise.reject(new Error(${m.string(0)}));`, ...m.statements(0, 1)]))
    .concat(m.braces('catch (error)', [`log.push(error.message);`]), c.is(0.5) ? m.braces('finally', [`await null;`]) : []);
  if (form === 2) {
    const made = m.find('function', (each) => each.kind === 'asyncgenerator' && m.canAfford(each.cost + 6));
    if (made) m.spend(made.cost);
    return m.within({}, () => {
      const over = made ? `${m.scope.use(made.name)}(${m.argumentsFor(made.parameters)})` : `[Promise.resolve(${m.number(0)}), ${m.number(0)}]`;
      return m.braces(`for await (const ${m.declare('any', { fixed: true })} of ${over})`, loopBody(m, 3));
    });
  }
  if (form === 3) return `await ${c.of(['null', 'undefined', 'new Promise((resolve) => { setTimeout(resolve, 1); })', 'Promise.allSettled([Promise.reject(1), 2])', '{ then(done) { done(4); } }'])};`;
  const value = one();
  lines.push(`const ${m.declare('number', { fixed: true })} = await ${value};`);
  return lines;
}

function evaluated(m, c) {
  const variable = m.find('number', (each) => !each.fixed);
  const seen = m.find('number')?.name ?? '1';
  if (!m.isStrict && !m.fn.isTop && c.is(0.2)) {
    const added = `added${++m.shared.count}`;
    m.shared.unrecorded.add(added);
    return `eval('var ${added} = ${seen}'); log.push(${added});`;
  }
  return c.of([() => `log.push(eval('${seen} + 1'));`, () => (variable ? `eval('${variable.name} = ${variable.name} + 3');` : m.simple()),
    () => `log.push(eval('{ let q = ${seen}; q * 2; }'));`, () => `log.push((0, eval)('1 + 1'));`, () => `log.push(new Function('a', 'return a * 2')(${seen}));`,
    () => `log.push(eval('(() => ${seen} - 1)')());`])();
}

function declareTag(m) {
  const name = m.scope.nameFor(m.chance, true, ++m.shared.count);
  m.scope.variables.set(name, { name, type: 'tag', fixed: true, cost: 2 });
  return m.braces(`function ${name}(parts, ...values)`, m.chance.of([
    [`return parts.raw.map((part, i) => part + (values[i] ?? '')).join('').slice(0, 40);`],
    ['let text = parts[0];', `for (let i = 0; i < values.length; i++) text += String(values[i]).slice(0, 9) + parts[i + 1];`, 'return text;'],
  ]));
}

function declareThrower(m) {
  const name = m.scope.nameFor(m.chance, true, ++m.shared.count);
  const lines = m.within({ isFunction: true }, () => m.inFunction({}, () => {
    const given = m.declare('number');
    return m.braces(`function ${name}(${given})`, [...m.statements(0, 1), `throw new Error('no ' + ${given});`]);
  }));
  m.scope.variables.set(name, { name, type: 'thrower', fixed: true });
  return lines;
}

function sloppy(m, c) {
  if (c.is(0.5)) {
    const object = m.variable('object', () => `{ count: 5, name: 'w' }`);
    return m.braces(`with (${object})`, ['log.push(count);', m.simple()]);
  }
  const name = m.scope.nameFor(c, true, ++m.shared.count);
  return [...m.braces(`function ${name}(a, b)`, ['arguments[0] = 9;', 'b = arguments.length;', 'log.push(a, b);', 'return arguments[1];']),
    `log.push(${name}(${m.number(0)}${c.is(0.5) ? ', 2' : ''}));`];
}

function oneOff(m, c) {
  return c.of([
    () => `(function ${c.is(0.5) ? 'once' : ''}() { ${m.within({ isFunction: true }, () => m.inFunction({}, () => m.statement(1).join(' ')))} })();`,
    () => `log.push([3, 1, 2].sort((a, b) => a - b).join(''));`,
    () => `log.push('a-b'.replace(/[ab]/g, (letter) => letter + ${m.number(0)}));`,
    () => `log.push(JSON.stringify(JSON.parse('{"a":[1,2]}', (key, value) => (key === '0' ? ${m.number(0)} : value))));`,
    () => `log.push(new Map([[1, ${m.number(0)}]]).get(1));`,
    () => `log.push([1, 2].reduce((all, each) => all + each * ${m.number(0)}, 0));`,
    () => `void ${m.number(0)}, log.push(${m.string(0)});`,
    () => `${m.boolean(0)} ? ${m.log().slice(0, -1)} : ${m.log().slice(0, -1)};`,
    () => `${m.boolean(0)} && ${m.log()}`,
    () => `;`,
    () => `debugger;`,
    () => `new Proxy({}, { get: (_, key) => { ${m.log()} return key; } }).none;`,
    () => `${m.object(0).startsWith('{') ? '({ count: 1 })' : m.find('object').name}.more = ${m.number(1)};`,
    () => `${m.variable('array', () => '[1]')}.push(${m.number(1)});`,
    () => `console.log(${m.expression(c.of(['number', 'string', 'boolean', 'bigint', 'array']), 1)});`,
    () => `hop${++m.shared.count}: { if (${m.boolean(1)}) break hop${m.shared.count}; ${m.simple()} }`,
  ])();
}

export const statements = [
  [14, declaration],
  [6, (m) => m.simple()],
  [5, branch],
  [4, counting],
  [2, labelled, (m) => m.canAfford(30)],
  [4, overValues],
  [1, overKeys],
  [3, whileLoop],
  [3, choice],
  [6, trying],
  [3, (m) => m.braces('', bodyOf(m, 1, 3))],
  [6, taking],
  [4, calling],
  [4, closure],
  [4, collecting, (m) => m.canAfford(20)],
  [5, declareFunction, (m) => m.depth < 3],
  [2, recursion, (m) => m.canAfford(40)],
  [5, again],
  [3, later, (m) => m.fn.loops.length === 0],
  [12, awaiting, (m) => m.fn.isAsync],
  [4, (m) => `yield ${m.number(1)};`, (m) => m.fn.isGenerator],
  [3, useClass],
  [2, evaluated],
  [1, declareTag],
  [1, declareThrower],
  [1, sloppy, (m) => !m.isStrict],
  [4, oneOff],
  [2, (m) => `if (${m.boolean(1)}) return ${m.expression(m.fn.returns, 1)};`, (m) => m.fn.returns],
].map(([share, write, when]) => [share, write, when ?? (() => true)]);
