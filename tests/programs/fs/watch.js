// Watching a file that is written once, then no more.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'watch-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const file = path.join(folder, 'a');
fs.writeFileSync(file, '1');
let told = false;
const watcher = fs.watch(file, (event, name) => {
  if (told)
    return;
  told = true;
  console.log(event, name);
  watcher.close();
});
watcher.on('close', () => console.log('close'));
setImmediate(() => fs.writeFileSync(file, '2'));
try { fs.watch(path.join(folder, 'none')); } catch (error) { console.log(error.code, error.syscall); }
const stop = new AbortController();
fs.watch(folder, { signal: stop.signal }).on('close', () => console.log('closed by the signal'));
stop.abort();
