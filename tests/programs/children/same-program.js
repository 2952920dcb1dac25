// process.execPath started again with flags, an environment and standard input of its own.
const { spawnSync } = require('node:child_process');
const run = (args, options) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', ...options });
  console.log(status, JSON.stringify(stdout), JSON.stringify(stderr.split('\n').filter((line) => /Error/.test(line))));
};
console.log(process.execPath.endsWith('/node'), process.execArgv, process.argv0);
run(['-p', 'process.argv.length + 1', 'x']);
run(['-'], { input: 'console.log("from stdin", process.argv.length)' });
run(['--no-warnings', '-e', 'console.log(process.execArgv); throw new TypeError("child")']);
run(['-p', 'Object.keys(process.env).sort().join()'], { env: { ONLY: 'this' } });
