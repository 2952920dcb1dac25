// A calculator that reads its sums from standard input, a line each, until "quit".
const readline = require('node:readline');

const reader = readline.createInterface({ input: process.stdin });
const operations = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};
let solved = 0;

function solve(text) {
  const [left, sign, right] = text.trim().split(/\s+/);
  const operation = operations[sign];
  if (!operation) throw new Error(`what is "${sign}"?`);
  return operation(Number(left), Number(right));
}

reader.on('line', line => {
  if (line === 'quit') return reader.close();
  try {
    console.log(`${line} = ${solve(line)}`);
    solved++;
  } catch (error) {
    console.log(`sorry: ${error.message}`);
  }
});

reader.on('close', () => {
  console.log(`solved ${solved}`);
  process.exitCode = solved === 3 ? 0 : 1;
});

console.log('type a sum');
