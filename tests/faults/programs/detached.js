// Starts two children that are to outlive it: one in a session of its own, one that nobody waits for.
const { spawn } = require('node:child_process');
spawn('sleep', ['100'], { detached: true, stdio: 'ignore' }).unref();
spawn('sh', ['-c', '(setsid sleep 100 &)'], { stdio: 'ignore' }).on('exit', () => {
  console.log('started');
  if (process.argv[2] === 'stay') setInterval(() => {}, 1000);
});
