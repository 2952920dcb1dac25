const user = { name: 'u', address: { street: null }, greet(x) { return 'hi ' + x + this.name; }, list: [() => 7] };
const a = user?.address?.street?.number;
const b = user.missing?.deep.deeper();
const c = user.greet?.('you ');
const d = user.nothing?.(fail());
const e = user.list?.[0]?.();
const f = (user?.address).street ?? 'default';
let g = null;
g ??= 'assigned';
g &&= g + '!';
g ||= fail();
const deleted = delete user?.name;
const get = (o) => o?.x?.y;
const h = [get(null), get({ x: { y: 2 } }), get({})];
function fail() { throw new Error('never'); }
const call = (o) => o?.run();
const i = call({ run() { return 'ran'; } }), j = call(undefined);
console.log(a, b, c, d, e, f, g, deleted, h.join(), i, j);
