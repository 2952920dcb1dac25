// Chance from a seed, and which variables a generated program sees where.

// The same numbers from the same seed, on each machine: mulberry32.
export class Chance {
  #state;
  constructor(seed) { this.#state = (seed * 0x9E3779B1) >>> 0; }
  next() {
    this.#state = (this.#state + 0x6D2B79F5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  below(count) { return Math.floor(this.next() * count); }
  from(low, high) { return low + this.below(high - low + 1); }
  is(probability) { return this.next() < probability; }
  of(list) { return list[this.below(list.length)]; }
}

const names = ['soup', 'table', 'bill', 'guest', 'cook', 'order', 'plate', 'spoon', 'price', 'menu', 'waiter', 'dish', 'cup',
  'sum', 'rest', 'pan', 'salt', 'oven', 'tip', 'door'];

// A variable is { name, type, fixed, …what is known of its value }. Fixed: nothing assigns to it.
export class Scope {
  constructor(outer, { isFunction = false } = {}) {
    this.outer = outer;
    this.isFunction = isFunction;
    this.variables = new Map();
    this.taken = new Set(); // names that something in here has meant another variable by, or must not have
  }
  // All that are seen from here, the innermost of a name.
  visible(wanted) {
    const found = new Map();
    for (let scope = this; scope; scope = scope.outer) {
      for (const [name, variable] of scope.variables) if (!found.has(name)) found.set(name, variable);
    }
    return [...found.values()].filter(wanted);
  }
  // It is named here, so what is declared in here later must not hide it.
  use(name) {
    for (let scope = this; scope && !scope.variables.has(name); scope = scope.outer) scope.taken.add(name);
    return name;
  }
  // A name for a new variable of this scope, one that hides another now and then.
  nameFor(chance, fresh, count) {
    if (!fresh) {
      for (let tries = 0; tries < 6; ++tries) {
        const name = chance.of(names);
        if (this.variables.has(name) || this.taken.has(name)) continue;
        if (tries < 3 && this.outer?.visible((each) => each.name === name).length === 0 && chance.is(0.3)) continue;
        return name;
      }
    }
    return `${chance.of(names)}${count}`;
  }
}
