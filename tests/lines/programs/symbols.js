const secret = Symbol('secret');
class Temperature {
  constructor(degrees) { this.degrees = degrees; this[secret] = true; }
  [Symbol.toPrimitive](hint) { const wanted = hint; return wanted === 'string' ? this.degrees + '°' : this.degrees; }
  static [Symbol.hasInstance](other) { return secret in other; }
  get [Symbol.toStringTag]() { return 'T'; }
}
const warm = new Temperature(20);
const sum = warm + 1;
const text = `${warm}`;
const tagged = Object.prototype.toString.call(warm);
const isInstance = warm instanceof Temperature;
const description = secret.description;
const keys = Object.getOwnPropertySymbols(warm).length;
const joined = [1, 2].concat({ length: 1, 0: 3, [Symbol.isConcatSpreadable]: true }).length;
const registered = Symbol.keyFor(Symbol.for('r'));
const splitter = 'a-b'.split({ [Symbol.split](string) { const at = string.indexOf('-'); return [at]; } });
const valued = { valueOf() { return 41; } } + 1;
const compared = { toString() { return 'b'; } } > 'a';
let failed;
try { secret + ''; } catch ({ name }) { failed = name; }
console.log(sum, text, tagged, isInstance, description, keys, joined, registered, splitter[0], valued, compared, failed);
