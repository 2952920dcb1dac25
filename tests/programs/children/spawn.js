// A child's streams, its ends and their order: exit first, close once the streams are done.
const { spawn } = require('node:child_process');
const child = spawn('/bin/sh', ['-c', 'cat; echo error >&2; exit 3'], { stdio: 'pipe' });
child.on('spawn', () => console.log('spawn', child.pid > 0));
let out = '';
let err = '';
child.stdout.on('data', (text) => { out += text; });
child.stderr.on('data', (text) => { err += text; });
child.on('exit', (code, signal) => console.log('exit', code, signal, child.exitCode));
child.on('close', (code) => console.log('close', code, JSON.stringify(out), JSON.stringify(err)));
child.stdin.end('through the child');
