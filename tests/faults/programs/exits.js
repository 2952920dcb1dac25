// Ends with code 7 where its argument says, with much to write before.
const text = `${'x'.repeat(999)}\n`;
const leave = () => {
  for (let i = 0; i < 2000; i++) process.stdout.write(text);
  process.exit(7);
};
if (process.argv[2] === 'at once') leave();
else if (process.argv[2] === 'in a callback') setTimeout(leave, 1);
else process.once('exit', leave);
