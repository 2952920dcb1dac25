// The synchronous forms, links, modes and times.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sync-'));
process.chdir(folder);
fs.writeFileSync('a', 'abc', { mode: 0o640 });
fs.symlinkSync('a', 'link');
fs.linkSync('a', 'hard');
console.log(fs.readlinkSync('link'), fs.lstatSync('link').isSymbolicLink(), fs.statSync('hard').nlink, (fs.statSync('a').mode & 0o777).toString(8));
fs.chmodSync('a', 0o600);
fs.utimesSync('a', 1, 2);
const { mtimeMs, mode, size } = fs.statSync('a');
console.log(mtimeMs, (mode & 0o777).toString(8), size, fs.statSync('a', { bigint: true }).mtimeNs);
const fd = fs.openSync('a', 'r+');
console.log(fs.writeSync(fd, 'XY', 1), fs.readFileSync('a', 'latin1'), fs.writevSync(fd, [Buffer.from('1'), Buffer.from('2')], 3));
fs.fsyncSync(fd);
fs.closeSync(fd);
console.log(fs.readFileSync('hard').toString(), fs.readdirSync('.'));
fs.copyFileSync('a', 'b', fs.constants.COPYFILE_EXCL);
for (const wrong of [() => fs.copyFileSync('a', 'b', fs.constants.COPYFILE_EXCL), () => fs.readFileSync('none'), () => fs.mkdirSync('a'), () => fs.readdirSync('a'), () => fs.closeSync(fd), () => fs.readFileSync(3.5), () => fs.openSync('a', 'nonsense')]) {
  try { wrong(); } catch (error) { console.log(error.code, error.message); }
}
console.log(fs.statSync('none', { throwIfNoEntry: false }), fs.existsSync('none'));
process.chdir('/');
fs.rmSync(folder, { recursive: true });
