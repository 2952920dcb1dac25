// Runs what is tried, one after the other, and says a line of each: its name, and "got" or the code of the error.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');

// Of the computer around the run: what an escape would be after.
exports.stage = JSON.parse(fs.readFileSync(`${__dirname}/stage.json`, 'utf8'));

exports.run = async (attempts) => {
    for (const [name, attempt] of Object.entries(attempts)) {
        let said = 'got';
        try {
            await attempt();
        } catch (error) {
            said = error.cause?.code ?? error.info?.code ?? error.code ?? error.message;
        }
        console.log(`${name}: ${said}`);
    }
};

// A program of the system's, which fails with what it says.
exports.command = (file, args, options = {}) => {
    const { error, status, stderr, stdout } = spawnSync(file, args, { encoding: 'utf8', ...options });
    if (error)
        throw error;
    if (status === 0)
        return stdout;
    const known = { 'ermission denied': 'EACCES', 'Operation not permitted': 'EPERM' };
    const text = Object.keys(known).find((words) => stderr.includes(words));
    throw Object.assign(new Error(stderr), { code: known[text] ?? stderr.trim() });
};

// A call of the kernel that JavaScript has no word for, by its number of x86-64. The arguments are Perl.
exports.call = (number, args) => {
    exports.perl(`syscall(${[number, ...args].join(', ')}) >= 0`);
};

// What is true if it works; else $! says why not.
exports.perl = (expression) => {
    const { error, status } = spawnSync('perl', ['-e', `exit((${expression}) ? 0 : $!)`]);
    if (error)
        throw error;
    if (status !== 0)
        throw Object.assign(new Error(), { code: require('node:util').getSystemErrorName(-status) });
};
