'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { Worker } = require('node:worker_threads');
const { command, run, stage } = require('./attempts.js');

const key = `${stage.home}/.ssh/id_ed25519`;
const settings = `${stage.home}/.config/bistro/permissions.json`;
const diary = `${stage.home}/notes/diary`;
const makes = (file) => { fs.writeFileSync(file, 'x'); fs.rmSync(file); };

run({
    'a key': () => fs.readFileSync(key),
    'what Bistro keeps': () => fs.readFileSync(settings),
    'allowing itself more': () => fs.writeFileSync(settings, '{"format": 1, "workspaces": {}}'),
    'another folder': () => fs.readdirSync(`${stage.home}/notes`),
    'a file in another folder': () => makes(`${stage.home}/notes/new`),
    'the home folder': () => makes(`${stage.home}/.bashrc`),
    'what keeps passwords': () => fs.readFileSync('/etc/shadow'),
    'where Bistro is installed': () => makes(`${stage.installation}/escaped-${process.pid}`),
    'two dots': () => fs.readFileSync('../notes/diary'),
    'a symbolic link': () => { fs.symlinkSync(diary, 'way'); fs.readFileSync('way'); },
    'a link to a folder': () => { fs.symlinkSync(path.dirname(diary), 'folder'); makes('folder/new'); },
    'a hard link': () => { fs.linkSync(diary, 'hard'); fs.readFileSync('hard'); },
    'another name': () => { fs.renameSync(`${stage.home}/notes/letter`, 'letter'); },
    'the root of /proc': () => fs.readFileSync(`/proc/self/root${diary}`),
    'the current folder of /proc': () => fs.readFileSync('/proc/self/cwd/../notes/diary'),
    'a descriptor of /proc': () => fs.readFileSync(`/proc/self/fd/${fs.openSync('.')}/../notes/diary`),
    'process.binding': () => process.binding('fs').open(key, fs.constants.O_RDONLY, 0o666),
    'a worker': () => new Promise((resolve, reject) => {
        new Worker('require("fs").readFileSync(require("worker_threads").workerData)', { eval: true, workerData: key })
            .on('error', reject).on('exit', resolve);
    }),
    'a child': () => command('cat', [key]),
    'a child with LD_PRELOAD': () => command('cat', [key], { env: { LD_PRELOAD: 'libm.so.6', PATH: process.env.PATH } }),
    'a child with NODE_OPTIONS': () => {
        fs.writeFileSync('first.js', `require('fs').readFileSync(${JSON.stringify(key)})`);
        command(process.execPath, ['-e', '0'], { env: { ...process.env, NODE_OPTIONS: '--require ./first.js' } });
    },
    'a child of a child': () => command('sh', ['-c', 'setsid -w sh -c \'cat "$0"\' "$0"', key]),
    'shared memory': () => makes(`/dev/shm/bistro-escape-${process.pid}`),
    'the temporary folder of all': () => makes(`/tmp/bistro-escape-${process.pid}`),
    'rights': () => fs.chmodSync(diary, 0o640),
    'rights by a link': () => { fs.symlinkSync(diary, 'right'); fs.chmodSync('right', 0o644); },
    'times': () => fs.utimesSync(diary, 1, 1),
    'length': () => fs.truncateSync(diary, 1),
    'its recording': () => {
        const [file] = fs.readFileSync('/proc/self/maps', 'utf8').match(/\/\S*\.bistro\b/);
        fs.closeSync(fs.openSync(file, 'r+'));
    },
});
