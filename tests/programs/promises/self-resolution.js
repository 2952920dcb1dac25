// A promise that resolves with itself rejects with a TypeError.
let resolveSelf;
const self = new Promise((resolve) => { resolveSelf = resolve; });
resolveSelf(self);
self.catch((e) => console.log(e.name, e.message));
const chained = Promise.resolve().then(() => chained);
chained.catch((e) => console.log(e.name, e.message));
