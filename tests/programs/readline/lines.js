// Standard input by lines, whatever ends them.
const readline = require('node:readline');
const lines = readline.createInterface({ input: process.stdin, crlfDelay: Infinity });
lines.on('line', (line) => console.log(JSON.stringify(line)));
lines.on('close', () => console.log('close', lines.closed));
