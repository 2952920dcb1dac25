function tag(strings, ...values) {
  const raw = strings.raw.join('|');
  return raw + values.map((value) => typeof value).join();
}
const name = 'n';
const plain = `a ${name} b ${1 + 2} ${`nested ${name.toUpperCase()}`}`;
const tagged = tag`x\n${name}y${() => name}z`;
const member = { tag };
const through = member.tag`${1n}`;
const chain = ((s) => (t) => s[0] + t[0])`one``two`;
const lines = `first
second ${name}
third`;
const same = ((s) => s)`q`;
const raw = String.raw`C:\new${0}`;
let calls = 0;
const next = () => ++calls;
const order = `${next()} ${next()} ${next()}`;
console.log(plain, tagged, through, chain, lines.length, same[0], raw, order);
