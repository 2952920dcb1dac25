// The escape sequences behind clearing and moving, and key names.
const readline = require('node:readline');
const { PassThrough } = require('node:stream');
const out = new PassThrough({ encoding: 'utf8' });
readline.clearLine(out, -1);
readline.clearLine(out, 0);
readline.cursorTo(out, 3, 4);
readline.moveCursor(out, -1, 2);
readline.clearScreenDown(out, () => console.log('written'));
console.log(JSON.stringify(out.read()));
const input = new PassThrough();
readline.emitKeypressEvents(input);
input.on('keypress', (text, { name, ctrl, shift, sequence }) => console.log(name, ctrl, shift, JSON.stringify(sequence)));
input.write('aB\x03\x1b[A\x1b[1;5C\x7f\r');
