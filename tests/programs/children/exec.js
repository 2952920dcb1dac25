// exec and execFile: output, failure, signals, time-outs, too much output, missing programs.
const { exec, execFile } = require('node:child_process');
const { promisify } = require('node:util');
(async () => {
  console.log(await promisify(exec)('echo "$WORD" | tr a-z A-Z', { env: { ...process.env, WORD: 'shell' } }));
  console.log((await promisify(execFile)('/bin/echo', ['a b', '$c'])).stdout);
  for (const [command, options] of [['exit 4', {}], ['kill -TERM $$', {}], ['sleep 5', { timeout: 20 }], ['echo 0123456789', { maxBuffer: 4 }]]) {
    const failed = await promisify(exec)(command, options).catch((error) => error);
    console.log(failed.code, failed.killed, failed.signal, JSON.stringify(failed.stdout), failed.message.trim());
  }
  await promisify(execFile)('/no/such/program').catch((error) => console.log(error.code, error.syscall, error.path));
  execFile('/bin/echo', ['callback'], (error, stdout, stderr) => console.log(error, JSON.stringify(stdout), JSON.stringify(stderr)));
})();
