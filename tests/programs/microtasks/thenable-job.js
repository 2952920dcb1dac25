// Resolving with a thenable costs one job; adopting a promise costs two.
let turn = 0;
const clock = () => { if (++turn < 6) Promise.resolve().then(clock); };
Promise.resolve().then(clock);
const show = (name) => () => console.log(name, 'at turn', turn);
new Promise((r) => r(1)).then(show('plain value'));
new Promise((r) => r({ then: (ok) => ok(1) })).then(show('thenable'));
new Promise((r) => r(Promise.resolve(1))).then(show('promise'));
