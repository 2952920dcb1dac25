// Folders read one entry at a time, reads that are aborted, and FileHandle streams of the web's kind.
import fs from 'node:fs/promises';
import { opendirSync, readFile, promises } from 'node:fs';
import { fileURLToPath } from 'node:url';
console.log(promises === fs);
const here = fileURLToPath(new URL('.', import.meta.url));
const names = [];
for await (const entry of await fs.opendir(here))
  names.push(entry.name);
console.log(names.sort().slice(0, 3));
const folder = opendirSync(here);
console.log(typeof folder.readSync().name);
folder.closeSync();
try { folder.readSync(); } catch (error) { console.log(error.code); }
const stop = new AbortController();
const aborted = new Promise((resolve) => readFile(new URL(import.meta.url), { signal: stop.signal }, (error) => {
  console.log(error.name, error.code);
  resolve();
}));
stop.abort();
await aborted;
await fs.readFile(new URL(import.meta.url), { signal: AbortSignal.abort('no') }).catch((error) => console.log(error.name, error.cause));
const handle = await fs.open(new URL(import.meta.url));
let text = '';
for await (const part of handle.readableWebStream())
  text += Buffer.from(part);
console.log(text.split('\n')[0]);
await handle.close();
