// The synchronous forms: input, status, errors, inherited output.
const { execSync, execFileSync, spawnSync } = require('node:child_process');
setImmediate(() => console.log('immediate'));
console.log(execSync('cat', { input: 'piped' }).toString(), JSON.stringify(execFileSync('/bin/echo', ['x'], { encoding: 'utf8' })));
console.log('before');
execSync('echo inherited', { stdio: 'inherit' });
const { status, signal, stdout, stderr, output } = spawnSync('/bin/sh', ['-c', 'echo out; echo err >&2; exit 5'], { encoding: 'utf8' });
console.log(status, signal, JSON.stringify(stdout), JSON.stringify(stderr), output.length);
try { execSync('exit 6', { stdio: 'pipe' }); } catch (error) { console.log(error.status, error.message); }
console.log(spawnSync('/no/such/program').error.code, spawnSync('/bin/sh', ['-c', 'kill -KILL $$']).signal);
console.log(spawnSync('/bin/sleep', ['5'], { timeout: 20 }).error.code);
