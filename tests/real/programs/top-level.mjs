// An ES module with top-level await: settings are read, a plug-in is imported, stages run one after the other.
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { once, EventEmitter } from 'node:events';
import path from 'node:path';

const settings = JSON.parse(await readFile(new URL('./fixtures/settings.json', import.meta.url), 'utf8'));
console.log('settings for', settings.name);

const { default: shout, ready } = await import('./fixtures/plugin.mjs');
await ready;
console.log(shout(settings.name));

const bus = new EventEmitter();

async function stage(name, work) {
  const result = await work();
  console.log(`${name}: ${result}`);
  bus.emit(name, result);
  return result;
}

const built = once(bus, 'build');
await stage('fetch', async () => {
  await delay(10);
  return 'three files';
});
const [sizes] = await Promise.all([
  stage('measure', async () => {
    const buffers = await Promise.all(settings.files.map(file => readFile(new URL(file, import.meta.url))));
    return buffers.every(({ length }) => length > 0);
  }),
  delay(20),
]);
setImmediate(() => stage('build', async () => path.basename(import.meta.url)));
const [file] = await built;
console.log('built', file, sizes);
