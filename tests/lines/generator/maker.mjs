// Writes the parts of a generated program: names, expressions, functions. What is written ends, and ends the same way each
// time: loops count, functions call what was written before them, and each statement costs what it runs.
import { Scope } from './scope.mjs';
import { statements } from './statements.mjs';

const budget = 200; // statements that run, about
const longest = 20; // statements that are written, about

export class Maker {
  constructor(chance, { isModule, isStrict, shared }) {
    this.chance = chance;
    this.isModule = isModule;
    this.isStrict = isModule || isStrict;
    this.shared = shared; // by the files of one program
    this.scope = new Scope(null, { isFunction: true });
    this.cost = 0;
    this.weight = 1; // how often what is written now runs
    this.depth = 0; // of statements in statements
    this.fn = { isTop: true, isAsync: isModule, isGenerator: false, loops: [], self: [] };
  }

  isFull() { return !this.canAfford(30) || this.shared.written >= longest; }
  canAfford(cost) { return this.cost + this.weight * cost < budget; }
  spend(cost) { this.cost += this.weight * cost; }

  declare(type, { fixed = false, fresh = false, ...more } = {}) {
    const name = this.scope.nameFor(this.chance, fresh, ++this.shared.count);
    this.scope.variables.set(name, { name, type, fixed, ...more });
    return name;
  }
  // The name of a variable of this type that is seen, or nothing.
  find(type, wanted = () => true) {
    const all = this.scope.visible((each) => each.type === type && wanted(each));
    return all.length > 0 ? this.take(this.chance.of(all)) : undefined;
  }
  take(variable) {
    this.scope.use(variable.name);
    return variable;
  }
  within(options, write) {
    this.scope = new Scope(this.scope, options);
    const result = write();
    this.scope = this.scope.outer;
    return result;
  }
  times(count, write) {
    const before = this.weight;
    this.weight *= count;
    const result = write();
    this.weight = before;
    return result;
  }

  // Text in braces, in one line when it is short.
  braces(head, lines, tail = '') {
    const text = lines.join(' ');
    const begin = head ? `${head} {` : '{';
    if (lines.length < 3 && text.length < 60 && this.chance.is(0.4)) return [`${begin} ${text} }${tail}`];
    return [begin, ...lines.map((line) => `  ${line}`), `}${tail}`];
  }

  // Expressions.

  expression(type, depth = 2) {
    switch (type) {
      case 'number': return this.number(depth);
      case 'string': return this.string(depth);
      case 'boolean': return this.boolean(depth);
      case 'bigint': return this.bigint(depth);
      case 'array': return this.array(depth);
      case 'object': return this.object(depth);
      case 'any': return this.any(depth);
      default: throw new Error(`no expression of ${type}`);
    }
  }
  type() { return this.chance.of(['number', 'number', 'number', 'string', 'string', 'boolean', 'bigint', 'array', 'object', 'any']); }

  variable(type, otherwise) { return this.find(type)?.name ?? otherwise(); }

  numberLiteral() {
    return this.chance.of(['0', '1', '2', '3', '7', '10', '42', '-1', '1.5', '0.1', '-0', '1e21', '0x1F', '(2 ** 31)', '1e-7']);
  }
  number(depth) {
    const c = this.chance;
    if (depth <= 0) return c.is(0.6) ? this.variable('number', () => this.numberLiteral()) : this.numberLiteral();
    const sub = (of = 'number') => this.expression(of, depth - 1);
    const choices = [
      () => this.number(0), () => this.number(0),
      () => `${this.number(0)} ${c.of(['+', '-', '+', '*'])} ${this.number(0)}`,
      () => `(${sub()} ${c.of(['+', '-', '%', '/', '*'])} ${c.of(['2', '3', '10'])})`,
      () => `(${sub('boolean')} ? ${sub()} : ${sub()})`,
      () => `(${this.variable('string', () => `'four'`)}).length`,
      () => `(${this.variable('array', () => '[5, 6]')}).length`,
      () => `(${this.variable('array', () => '[5, 6]')}[${c.from(0, 2)}] ?? ${sub()})`,
      () => `Math.max(${sub()}, ${sub()})`,
      () => `Number(${sub('boolean')})`,
      () => `(${sub()} | ${c.from(0, 3)})`,
      () => `(${sub()}, ${sub()})`,
      () => `${this.variable('object', () => `({ count: 3 })`)}.count`,
      () => `(${this.variable('object', () => `({ inner: null })`)}.inner?.count ?? ${sub()})`,
      () => this.callOf('number') ?? this.number(0), () => this.callOf('number') ?? this.number(0),
      () => this.selfNumber() ?? this.number(0), () => this.selfNumber() ?? this.number(0),
      () => this.change() ?? this.number(0),
      () => (this.fn.isAsync && !this.fn.inParameters ? `(await ${this.awaited('number')})` : this.number(0)),
      () => (this.fn.isGenerator && !this.fn.inParameters && !this.fn.isAsync ? `((yield ${sub()}) ?? ${c.from(1, 9)})` : this.number(0)),
      () => {
        const closure = this.find('closure', (each) => this.canAfford(each.cost));
        if (!closure) return this.number(0);
        this.spend(closure.cost);
        return c.is(0.3) ? `${closure.name}?.()` : `${closure.name}()`;
      },
    ];
    return c.of(choices)();
  }
  // An expression that sets a variable.
  change() {
    const variable = this.find('number', (each) => !each.fixed);
    if (!variable) return undefined;
    return this.chance.of([`${variable.name}++`, `--${variable.name}`, `(${variable.name} = ${this.number(0)})`, `(${variable.name} += 2)`]);
  }
  selfNumber() {
    return this.fn.self.length > 0 ? this.chance.of(this.fn.self) : undefined;
  }
  awaited(type) {
    const c = this.chance;
    const call = this.callOf(type, 'async');
    if (call && c.is(0.7)) return call;
    this.spend(0.2);
    return c.of([() => this.expression(type, 0), () => `Promise.resolve(${this.expression(type, 1)})`])();
  }

  string(depth) {
    const c = this.chance;
    const literal = () => c.of([`'a'`, `'soup'`, `"it's"`, `'two words'`, `''`, `'ü€'`, `'\\n\\t'`, `'\\u{1F35C}'`, `'x'.repeat(${c.of([3, 199, 201])})`,
      '`plain`', `'"both\\' quotes"'`, `'\\\\'`]);
    if (depth <= 0) return c.is(0.6) ? this.variable('string', literal) : literal();
    const sub = (of = 'string') => this.expression(of, depth - 1);
    const choices = [
      () => this.string(0), () => this.string(0),
      () => `${this.string(0)}.slice(0, ${c.from(2, 9)}) + ${literal()}`,
      () => `\`\${${sub('number')}}${c.of(['', ' of ', '-'])}\${(${sub()}).length}\``,
      () => `String(${sub(c.of(['number', 'boolean', 'bigint']))})`,
      () => `typeof ${this.variable(this.type(), () => 'undefined')}`,
      () => `(${sub('boolean')} ? ${sub()} : ${sub()})`,
      () => `${this.variable('object', () => `({ name: 'none' })`)}.name`,
      () => {
        const tag = this.find('tag', (each) => this.canAfford(each.cost));
        if (!tag) return this.string(0);
        this.spend(tag.cost);
        return `${tag.name}\`${c.of(['', 'is '])}\${${sub('number')}} and \${${sub()}}${c.of(['', '\\n', '!'])}\``;
      },
      () => this.callOf('string') ?? this.string(0),
    ];
    return c.of(choices)();
  }
  boolean(depth) {
    const c = this.chance;
    if (depth <= 0) return c.is(0.5) ? this.variable('boolean', () => c.of(['true', 'false'])) : c.of(['true', 'false']);
    const choices = [
      () => this.boolean(0),
      () => `${this.number(0)} ${c.of(['<', '>', '===', '!==', '<=', '>='])} ${this.number(0)}`,
      () => `!${this.boolean(0)}`,
      () => `(${this.boolean(depth - 1)} ${c.of(['&&', '||'])} ${this.boolean(depth - 1)})`,
      () => `${this.string(0)} === ${this.string(0)}`,
      () => `'count' in ${this.variable('object', () => '{}')}`,
      () => `Array.isArray(${this.variable('any', () => '[]')})`,
      () => `${this.variable('any', () => 'null')} ${c.of(['==', '==='])} ${c.of(['null', 'undefined'])}`,
      () => `${this.bigint(0)} > ${c.from(0, 9)}n`,
    ];
    return c.of(choices)();
  }
  bigint(depth) {
    const c = this.chance;
    const literal = () => c.of(['0n', '1n', '-5n', '(2n ** 64n)', '123456789012345678901234567890n']);
    if (depth <= 0) return c.is(0.5) ? this.variable('bigint', literal) : literal();
    return c.of([
      () => this.bigint(0), () => `BigInt.asIntN(64, ${this.bigint(0)} * 3n)`, () => `${this.bigint(0)} ${c.of(['+', '-'])} ${literal()}`,
      () => `BigInt(${c.from(0, 99)})`,
    ])();
  }
  array(depth) {
    const c = this.chance;
    if (depth <= 0) return c.is(0.5) ? this.variable('array', () => '[1, 2]') : c.of(['[]', '[1, 2]', '[3, , 4]']);
    const some = () => Array.from({ length: c.from(1, 3) }, () => this.number(depth - 1)).join(', ');
    return c.of([
      () => `[${some()}]`, () => `[${some()}, ...${this.array(0)}.slice(0, 2)]`, () => this.array(0),
      () => `[...${this.string(0)}.slice(0, 2)].map(Number)`,
      () => this.times(2, () => `Array.from({ length: 2 }, ${this.callback(['index'], ['number'], 'number', ['_'])})`),
      () => this.times(2, () => `${this.array(0)}.slice(0, 2).${c.of(['map', 'filter', 'flatMap'])}(${this.callback(['each', 'at'], ['number', 'number'], 'number')})`),
    ])();
  }
  object(depth) {
    const c = this.chance;
    if (depth <= 0) return this.variable('object', () => `{ count: 1, name: 'n' }`);
    const inner = () => c.of([() => 'null', () => `{ count: ${this.number(depth - 1)} }`, () => 'undefined'])();
    const parts = [`count: ${this.number(depth - 1)}`, `name: ${this.string(depth - 1)}`, `inner: ${inner()}`];
    if (c.is(0.2)) parts.unshift(`...${this.variable('object', () => `{ more: 1 }`)}`);
    if (c.is(0.2)) parts.push(`[${this.string(0)}]: ${this.number(0)}`);
    if (c.is(0.2)) {
      this.spend(1);
      parts[parts.findIndex((part) => part.startsWith('count'))] = `get count() { return ${this.number(0)}; }`;
    }
    return `{ ${parts.join(', ')} }`;
  }
  any(depth) {
    return this.chance.of([() => 'null', () => 'undefined', () => `Symbol('s')`, () => '/a+/g', () => 'NaN', () => this.expression('number', depth - 1),
      () => 'Infinity', () => `this?.none`, () => 'new.target'].slice(0, this.fn.isTop ? -2 : this.fn.isArrow ? -1 : undefined))();
  }
  // As a statement's beginning, or an arrow's body, an object needs parentheses.
  safe(text) { return text.startsWith('{') ? `(${text})` : text; }

  // Functions.

  // A call of a function that was written before; nothing when there is none of the kind.
  callOf(type, kind = 'plain') {
    const found = this.find('function', (each) => each.kind === kind && each.returns === type && this.canAfford(each.cost + 1));
    if (!found || this.inCall > 1) return undefined;
    this.inCall = (this.inCall ?? 0) + 1;
    this.spend(found.cost);
    const text = `${found.name}(${this.argumentsFor(found.parameters)})`;
    --this.inCall;
    return text;
  }
  argumentsFor(parameters) {
    const passed = [];
    for (const { type, optional } of parameters) {
      if (optional && this.chance.is(0.4)) break;
      passed.push(optional && this.chance.is(0.15) ? 'undefined' : this.expression(type, 1));
    }
    if (!parameters.isClosed && passed.length === parameters.length && this.chance.is(0.1)) passed.push('...[9, 8]');
    return passed.join(', ');
  }

  // An arrow function for a call that runs it at once; `before` are parameters that it does not use.
  callback(wanted, types, returns, before = []) {
    return this.within({ isFunction: true }, () => this.inFunction({ isArrow: true }, () => {
      const parameters = wanted.slice(0, this.chance.from(1, wanted.length)).map((_, i) => this.declare(types[i], { fixed: this.chance.is(0.5) }));
      const head = `(${[...before, ...parameters].join(', ')}) =>`;
      this.spend(1);
      if (this.chance.is(0.6)) return `${head} ${this.safe(this.expression(returns, 1))}`;
      return `${head} { ${this.statement(1).join(' ')} return ${this.expression(returns, 1)}; }`;
    }));
  }
  inFunction(fn, write) {
    const before = this.fn;
    this.fn = { isAsync: false, isGenerator: false, isArrow: false, loops: [], self: fn.isArrow ? before.self : [], ...fn };
    const result = write();
    this.fn = before;
    return result;
  }

  // { text of the parameters, parameters }, declared in the scope there is.
  parameters() {
    const c = this.chance;
    this.fn.inParameters = true;
    const texts = [];
    const parameters = [];
    let optional = false;
    for (let i = c.from(0, 3); i > 0; --i) {
      const type = c.of(['number', 'number', 'string', 'array', 'object']);
      const form = c.below(10);
      if (form < 4 && !optional) {
        texts.push(this.declare(type));
        parameters.push({ type });
        continue;
      }
      optional = true;
      parameters.push({ type, optional });
      if (type === 'array' && c.is(0.7)) {
        const value = c.of(['[4, 5, 6]', '[]']);
        const first = this.number(0);
        texts.push(`[${this.declare('number')} = ${first}, ...${this.declare('array')}] = ${value}`);
      } else if (type === 'object' && c.is(0.7)) {
        const number = this.declare('number');
        const string = this.declare('string');
        texts.push(`{ count: ${number} = 3, name: ${string} = 'some'${c.is(0.3) ? `, ...${this.declare('any')}` : ''} } = {}`);
      } else {
        const value = this.expression(type, 1);
        texts.push(`${this.declare(type)} = ${value}`);
      }
    }
    if (c.is(0.15)) {
      const number = this.find('number');
      if (number) {
        texts.push(`${this.declare('closure', { fixed: true, cost: 1 })} = () => ${number.name}`);
        parameters.isClosed = true;
      }
    } else if (c.is(0.15)) {
      texts.push(`...${this.declare('array')}`);
    }
    this.fn.inParameters = false;
    return { text: texts.join(', '), parameters };
  }

  // Lines of a function with the head that `headOf` makes of its parameters; and what is known of it.
  makeFunction({ kind = 'plain', returns, isArrow = false, self, size = 3, given, more }, headOf, tail = '') {
    const isAsync = kind.startsWith('async');
    const isGenerator = kind.endsWith('generator');
    const before = { cost: this.cost, weight: this.weight, depth: this.depth };
    this.weight = 1;
    const made = this.within({ isFunction: true }, () => this.inFunction({ isAsync, isGenerator, isArrow, returns, ...(self && { self }) }, () => {
      const { text, parameters } = given !== undefined ? this.given(given) : this.parameters();
      const lines = [];
      if (more) lines.push(...more());
      const count = this.chance.from(1, size);
      this.spend(1);
      for (let i = 0; i < count; ++i) lines.push(...this.statement());
      if (isGenerator) lines.push(...this.yields());
      if (returns) lines.push(`return ${this.expression(returns)};`);
      return { lines: this.braces(headOf(text), lines, tail), parameters };
    }));
    const cost = Math.ceil(this.cost - before.cost) + 1;
    Object.assign(this, before);
    return { ...made, known: { kind, returns, cost, parameters: made.parameters } };
  }
  given(name) {
    if (name) this.scope.variables.set(name, { name, type: 'string', fixed: true });
    return { text: name, parameters: name ? [{ type: 'string' }] : [] };
  }
  yields() {
    const c = this.chance;
    const lines = [];
    for (let i = c.from(1, 2); i > 0; --i) {
      const inner = !this.fn.isAsync && this.find('function', (each) => each.kind === 'generator' && this.canAfford(each.cost + 2));
      this.spend(1);
      if (inner && c.is(0.4)) {
        this.spend(inner.cost);
        lines.push(`yield* ${inner.name}(${this.argumentsFor(inner.parameters)});`);
      } else {
        lines.push(c.of([() => `yield ${this.number(1)};`, () => `yield* [${this.number(0)}, 2];`,
          () => `const ${this.declare('any')} = yield ${this.number(0)};`,
          () => `try { yield ${this.number(0)}; } finally { ${this.log()} }`])());
      }
    }
    return lines;
  }

  log() {
    return `log.push(${this.expression(this.chance.of(['number', 'string', 'boolean']), 1)});`;
  }

  // Lines of a statement, some of them within it.
  statement(most = 3) {
    this.spend(1);
    if (this.depth >= most || !this.canAfford(3) || ++this.shared.written > longest) return [this.simple()];
    ++this.depth;
    const possible = statements.filter(([, , when]) => !when || when(this));
    let at = this.chance.next() * possible.reduce((sum, [share]) => sum + share, 0);
    const [, write] = possible.find(([share]) => (at -= share) < 0) ?? possible[0];
    const lines = write(this, this.chance);
    --this.depth;
    return typeof lines === 'string' ? [lines] : lines;
  }
  statements(low, high) {
    return Array.from({ length: this.chance.from(low, high) }, () => this.statement()).flat();
  }
  simple() {
    const c = this.chance;
    const type = c.of(['number', 'number', 'string', 'boolean', 'bigint']);
    const variable = this.find(type, (each) => !each.fixed);
    if (!variable || c.is(0.2)) return this.log();
    if (type === 'number' && c.is(0.4)) return `${variable.name}${c.of(['++', '--', ' += 1', ' %= 7', ' ??= 3', ' ||= 2', ' &&= 4'])};`;
    return `${variable.name} = ${this.expression(type)};`;
  }
}
