// A child with a handler decides itself how it ends; one that stops and goes on is told nothing.
const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['-e', 'process.on("SIGINT", () => { console.log("child: SIGINT"); process.exit(5); }); console.log("ready"); setInterval(() => {}, 1000)']);
child.stdout.setEncoding('utf8');
child.stdout.on('data', (text) => {
  process.stdout.write(text);
  if (text.includes('ready'))
    child.kill('SIGINT');
});
child.on('close', (code, signal) => console.log(code, signal));
