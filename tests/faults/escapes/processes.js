'use strict';

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const inspector = require('node:inspector');
const os = require('node:os');
const { call, run, stage } = require('./attempts.js');

const of = (pid, name) => `/proc/${pid}/${name}`;
const PTRACE_SEIZE = 0x4206;

run({
    'a signal to another': () => process.kill(stage.victim, 0),
    'a signal to its group': () => process.kill(-stage.victim, 0),
    'a signal to who started it': () => process.kill(process.ppid, 0),
    'the end of another': () => process.kill(stage.mortal, 'SIGKILL'),
    'the priority of another': () => os.setPriority(stage.victim, 5),
    'the memory of another': () => fs.closeSync(fs.openSync(of(stage.victim, 'mem'), 'r+')),
    'the memory of who started it': () => fs.closeSync(fs.openSync(of(process.ppid, 'mem'), 'r+')),
    'the environment of another': () => fs.readFileSync(of(stage.victim, 'environ')),
    'open files of another': () => fs.readlinkSync(of(stage.victim, 'fd/0')),
    'the root of another': () => fs.readFileSync(of(stage.victim, `root${stage.home}/notes/diary`)),
    'tracing another': () => call(101, [PTRACE_SEIZE, stage.victim, 0, 0]),
    'a descriptor that it inherits': () => fs.readFileSync(stage.inherited),
    'the inspector': () => { inspector.open(0); inspector.close(); },
    'another user': () => new Promise((resolve, reject) => {
        // It asks for a password, which never comes. A line of /proc: real, effective, saved user …
        const su = spawn('su', ['-c', 'true'], { stdio: ['pipe', 'ignore', 'ignore'] }).on('error', reject);
        const [, real, effective] = fs.readFileSync(of(su.pid, 'status'), 'utf8').match(/^Uid:\s+(\d+)\s+(\d+)/m);
        su.kill('SIGKILL');
        if (effective === real)
            reject(Object.assign(new Error(), { code: 'the same user' }));
        resolve();
    }),
});
