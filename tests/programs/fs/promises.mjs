// The same through promises: handles, lines, folders.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'promises-'));
await fs.mkdir(path.join(folder, 'a/b'), { recursive: true });
const file = path.join(folder, 'a/b/lines.txt');
await fs.writeFile(file, ['one', 'two', 'three'].join('\n'));
const handle = await fs.open(file, 'r+');
for await (const line of handle.readLines({ start: 0, autoClose: false }))
  console.log(line);
console.log((await handle.stat()).size, (await handle.truncate(3), await handle.readFile({ encoding: 'utf8' })));
await handle.close();
console.log((await fs.readFile(file, 'utf8')), (await fs.readdir(folder, { recursive: true })).sort());
for (const entry of await fs.readdir(path.join(folder, 'a'), { withFileTypes: true }))
  console.log(entry.name, entry.isDirectory());
await fs.cp(path.join(folder, 'a'), path.join(folder, 'copy'), { recursive: true });
console.log((await fs.stat(path.join(folder, 'copy/b/lines.txt'))).isFile());
await fs.readFile(path.join(folder, 'none')).catch((error) => console.log(error.code, error.syscall, error.message.replace(folder, 'FOLDER')));
await fs.rmdir(folder).catch((error) => console.log(error.code));
await fs.rm(folder, { recursive: true });
