async function plain() { return 'value'; }
async function awaited() { return await Promise.resolve('awaited'); }
async function returned() { return Promise.resolve('returned'); }

returned().then(console.log);
awaited().then(console.log);
plain().then(console.log);

let turns = Promise.resolve();
for (let i = 1; i <= 5; i++) turns = turns.then(() => console.log('turn', i));
