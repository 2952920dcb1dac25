'use strict';

const fs = require('node:fs');
const os = require('node:os');
const { call, command, perl, run, stage } = require('./attempts.js');

const starts = (file) => {
    fs.writeFileSync(file, '#!/bin/sh\ntrue\n', { mode: 0o755 });
    command(file, []);
};

run({
    'native code': () => process.dlopen({ exports: {} }, stage.addon),
    'native code by a link': () => {
        fs.symlinkSync(stage.addon, 'addon.node');
        process.dlopen({ exports: {} }, `${process.cwd()}/addon.node`);
    },
    'a program of its own': () => starts('./own'),
    'a program in the temporary folder': () => starts(`${os.tmpdir()}/own-${process.pid}`),
    'a program of somebody else': () => command(stage.tool, []),
    'a file in memory': () => call(319, ['my $name = "escape"', 0]),
    'io_uring': () => call(425, [1, 'my $parameters = "\\0" x 256']),
    'System V memory': () => perl('defined($id = shmget(0, 4096, 0600)) and shmctl($id, 0, 0)'),
    'keys': () => call(250, [0, -3, 1]),
    'a user namespace': () => command('unshare', ['--user', 'true']),
    'a secret in the environment': () => {
        if (!process.env.SHOP_TOKEN)
            throw Object.assign(new Error(), { code: 'none' });
    },
});
