// Child processes and their pipes: what one prints goes to the other, one fails, one is too slow.
const { spawn, execFile, exec } = require('node:child_process');

function sortLines(words) {
  return new Promise((resolve, reject) => {
    const sort = spawn('sort', ['-r']);
    let output = '';
    sort.stdout.setEncoding('utf8');
    sort.stdout.on('data', data => (output += data));
    sort.on('error', reject);
    sort.on('close', code => (code === 0 ? resolve(output.trim().split('\n')) : reject(new Error(`sort: ${code}`))));
    for (const word of words) sort.stdin.write(word + '\n');
    sort.stdin.end();
  });
}

function countLines(text, done) {
  const echo = spawn('printf', [text]);
  const count = spawn('wc', ['-l']);
  echo.stdout.pipe(count.stdin);
  count.stdout.on('data', data => done(Number(data)));
}

async function main() {
  console.log(await sortLines(['pear', 'apple', 'fig']));

  countLines('one\\ntwo\\n', lines => {
    console.log('lines:', lines);
    exec('echo out; echo problem >&2; exit 3', (error, stdout, stderr) => {
      console.log('code', error.code, stdout.trim(), stderr.trim());
      tooSlow();
    });
  });
}

function tooSlow() {
  execFile('sleep', ['5'], { timeout: 40 }, error => console.log('killed:', error.killed, error.signal));
}

main().catch(error => console.error(error.message));
