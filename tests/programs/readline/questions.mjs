// Two answers read from a prompt, a question that is taken back, one after the close.
import readline from 'node:readline/promises';
const asked = readline.createInterface({ input: process.stdin, output: process.stdout, terminal: false });
const [name, colour] = await new Promise((resolve) => {
  const answers = [];
  asked.on('line', (line) => { if (answers.push(line) === 2) resolve(answers); });
  asked.setPrompt('who? ');
  asked.prompt();
});
console.log(`${name} likes ${colour}`);
const stop = new AbortController();
const question = asked.question('more? ', { signal: stop.signal });
stop.abort();
await question.catch((error) => console.log(error.name, error.code));
asked.close();
await asked.question('again? ').catch((error) => console.log(error.code));
