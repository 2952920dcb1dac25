// Jobs of the pool: a crowd at once, then a few at a time.
const fs = require('fs');
let left = 150_000;
function next() { if (left-- > 0) fs.stat('/', next); }
for (let i = 0; i < 100_000; i++) fs.stat('/', () => {});
for (let i = 0; i < 100; i++) next();
