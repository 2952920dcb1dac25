class NotEnough extends Error {
  constructor(missing) { super(`missing ${missing}`); this.missing = missing; }
}
class Account {
  static #count = 0;
  #balance = 0;
  #history = [];
  constructor(owner) { this.owner = owner; this.id = ++Account.#count; }
  get balance() { return this.#balance; }
  #note(kind, amount) { this.#history.push({ kind, amount }); return this; }
  deposit(amount) { this.#balance += amount; return this.#note('in', amount); }
  withdraw(amount) {
    const missing = amount - this.#balance;
    if (missing > 0) throw new NotEnough(missing);
    this.#balance -= amount;
    return this.#note('out', amount);
  }
  *history() { for (const { kind, amount } of this.#history) yield `${kind} ${amount}`; }
}
async function transfer(from, to, amount) {
  await null;
  try {
    from.withdraw(amount);
    to.deposit(amount);
    return true;
  } catch (error) {
    if (!(error instanceof NotEnough)) throw error;
    const { missing } = error;
    return `short of ${missing}`;
  }
}
const [ann, bob] = ['Ann', 'Bob'].map((name) => new Account(name));
ann.deposit(100).withdraw(30);
const results = [];
for (const amount of [50, 40]) results.push(await transfer(ann, bob, amount));
const lines = [...ann.history()].join('; ');
console.log(results.join(), ann.balance, bob.balance, lines, bob.id);
