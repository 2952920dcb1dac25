// Keys in a terminal that is a stream of our own: what the line becomes and what is drawn.
const readline = require('node:readline');
const { PassThrough } = require('node:stream');
const input = new PassThrough();
const drawn = [];
const output = new PassThrough();
output.on('data', (text) => drawn.push(text.toString()));
output.columns = 40;
const editor = readline.createInterface({ input, output, terminal: true, prompt: '> ', completer: (line) => [['tables', 'tablets'].filter((word) => word.startsWith(line)), line] });
editor.on('line', (line) => console.log('line', JSON.stringify(line), editor.history));
editor.on('SIGINT', () => { console.log('SIGINT'); editor.close(); });
editor.on('close', () => console.log(JSON.stringify(drawn.join(''))));
editor.prompt();
for (const keys of ['helo', '\x1b[D', 'l', '\r', 'word word', '\x17', '\x01x', '\r', '\x1b[A', '\r', 'tab\t', '\x15\x03'])
  input.write(keys);
