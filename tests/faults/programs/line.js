// One line of 100 MB; then what steers a terminal: carriage returns, colors, a title, a text that turns round, NUL.
const piece = 'x'.repeat(1e6);
for (let i = 0; i < 100; i++) process.stdout.write(piece);
process.stdout.write('\n');
for (let i = 0; i < 1e5; i++) process.stdout.write(`${i} %\r`);
process.stdout.write('\n\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J a\u202eb \0 end\n');
