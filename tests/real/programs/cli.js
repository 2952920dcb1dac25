// A command line that counts words in files: options by commander, errors by exit codes.
// args: count --top 2 fixtures/poem.txt fixtures/missing.txt
// exit: 2
const { Command } = require('commander');
const fs = require('node:fs/promises');

const program = new Command('words');
program.exitOverride();

function tally(text) {
  const words = new Map();
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  return [...words].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

program
  .command('count')
  .argument('<files...>')
  .option('--top <number>', 'how many', Number, 3)
  .action(async (files, options) => {
    for (const file of files) {
      try {
        const text = await fs.readFile(file, 'utf8');
        const top = tally(text).slice(0, options.top);
        console.log(file, top.map(([word, count]) => `${word} ${count}`).join(', '));
      } catch (error) {
        console.error(`${file}: ${error.code}`);
        process.exitCode = 2;
      }
    }
  });

process.on('exit', code => console.log('exit with', code));

program.parseAsync(process.argv).catch(error => {
  console.error(error.message);
  process.exit(64);
});
