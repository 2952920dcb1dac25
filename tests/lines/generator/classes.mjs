// Classes of generated programs, and what is done with them.

// Calls `write` for the body of something in a class: `self` are expressions of numbers.
function member(m, head, { self, returns, lines = [], size = 2, isGenerator = false, isAsync = false }) {
  return m.within({ isFunction: true }, () => m.inFunction({ self, returns, isGenerator, isAsync }, () => {
    const body = [...lines, ...m.statements(0, size)];
    if (isGenerator) body.push(...m.yields());
    if (returns) body.push(`return ${m.expression(returns, 1)};`);
    return m.braces(head, body);
  }));
}

export function declareClass(m, c) {
  const wasStrict = m.isStrict;
  m.isStrict = true;
  const before = { cost: m.cost, weight: m.weight, depth: m.depth };
  m.weight = 1;
  m.depth = 1;
  const name = `Class${++m.shared.count}`;
  const base = m.find('class');
  const isDerived = base && c.is(0.6);
  const isPrivate = c.is(0.6);
  const self = ['this.size', ...(isPrivate ? ['this.#hidden', 'this.#twice()'] : []), ...(isDerived ? ['super.grow(1)'] : [])];
  const fields = (list) => list.filter((each) => !each.startsWith('super'));
  const text = [];
  const field = (what) => m.within({ isFunction: true }, () => m.inFunction({}, what));
  text.push([`size = ${field(() => m.number(1))};`]);
  if (isPrivate) {
    text.push([`#hidden = ${field(() => m.number(1))};`], [`#twice() { return this.#hidden * 2; }`]);
    text.push(member(m, 'get hidden()', { self: ['this.#hidden'], returns: 'number', size: 1 }));
  }
  if (c.is(0.4)) text.push([`['${c.of(['a', 'b'])}' + 1] = ${field(() => m.string(0))};`]);
  if (c.is(0.4)) text.push([`static made = ${field(() => m.number(1))};`], member(m, 'static', { self: ['this.made'], lines: ['this.made += 1;'] }));
  const given = m.within({ isFunction: true }, () => m.inFunction({ self: fields(self) }, () => {
    const parameter = m.declare('number');
    const lines = [...(isDerived ? [`super(${m.chance.is(0.5) ? parameter : '2'});`] : []), `this.size = ${parameter};`, ...m.statements(0, 2)];
    return m.braces(`constructor(${parameter} = ${c.from(1, 9)})`, lines);
  }));
  if (c.is(0.8)) text.push(given);
  text.push(m.within({ isFunction: true }, () => m.inFunction({ self: fields(self), returns: 'number' }, () => {
    const by = m.declare('number');
    const inner = isDerived ? [`this.size += super.grow(${by});`] : [`this.size += ${by};`];
    return m.braces(`grow(${by} = 1)`, [...inner, ...m.statements(0, 1), `return ${m.number(1)};`]);
  })));
  if (c.is(0.4)) text.push(member(m, 'get value()', { self: fields(self), returns: 'number', size: 1 }));
  const hasSetter = c.is(0.3);
  if (hasSetter) text.push(m.braces('set wanted(to)', ['this.size = to;', ...(c.is(0.5) ? ['log.push(to);'] : [])]));
  const isIterable = c.is(0.3);
  if (isIterable) text.push(member(m, '*[Symbol.iterator]()', { self: fields(self), isGenerator: true, size: 1 }));
  const isAsync = c.is(0.3);
  if (isAsync) text.push(member(m, 'async wait()', { self: fields(self), isAsync: true, returns: 'number', size: 1, lines: ['await null;'] }));
  const cost = Math.ceil(m.cost - before.cost) + 3 + (isDerived ? base.cost : 0);
  Object.assign(m, before);
  m.isStrict = wasStrict;
  const isExpression = c.is(0.2);
  const head = `${isExpression ? `const ${name} = ` : ''}class ${isExpression ? '' : `${name} `}${isDerived ? `extends ${base.name} ` : ''}`.trimEnd();
  m.scope.variables.set(name, { name, type: 'class', fixed: true, cost, hasSetter, isIterable, isAsync, isPrivate });
  return [`${head} {`, ...text.flat().map((line) => `  ${line}`), isExpression ? '};' : '}'];
}

export function useClass(m, c) {
  const made = m.find('class', (each) => m.canAfford(each.cost * 2));
  if (!made) return m.canAfford(40) && m.depth < 3 ? declareClass(m, c) : m.simple();
  m.spend(made.cost * 1.5);
  const object = m.declare('any', { fixed: true, fresh: true });
  const lines = [`const ${object} = new ${made.name}(${c.is(0.5) ? m.number(1) : ''});`];
  if (c.is(0.6)) lines.push(`log.push(${object}.grow(${c.is(0.5) ? m.number(0) : ''}));`);
  if (made.hasSetter && c.is(0.7)) lines.push(`${object}.wanted = ${m.number(0)};`);
  if (made.isPrivate && c.is(0.5)) lines.push(`log.push(${object}.hidden);`);
  if (made.isIterable && c.is(0.7)) lines.push(c.is(0.5) ? `log.push([...${object}].length);` : `for (const each of ${object}) log.push(each);`);
  if (made.isAsync && m.fn.isAsync && c.is(0.7)) lines.push(`log.push(await ${object}.wait());`);
  if (c.is(0.3)) lines.push(`log.push(${object}.value, ${object} instanceof ${made.name});`);
  return lines;
}
