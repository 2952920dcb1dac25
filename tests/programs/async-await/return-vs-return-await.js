// `return p` settles later than `return await p`.
const p = Promise.resolve();
async function plain() { return p; }
async function awaited() { return await p; }
plain().then(() => console.log('return p'));
awaited().then(() => console.log('return await p'));
let chain = p;
for (let i = 1; i <= 4; i++) chain = chain.then(() => console.log('step', i));
