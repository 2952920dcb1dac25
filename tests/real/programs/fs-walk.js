// Makes a small tree of folders, walks it by fs promises, sums the sizes, and clears it away.
const fs = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');

const tree = {
  'readme.txt': 'hello',
  src: { 'main.js': 'start();', lib: { 'util.js': 'exports.x = 1;' } },
  empty: {},
};

async function plant(folder, branch) {
  await fs.mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(branch)) {
    const target = path.join(folder, name);
    if (typeof content === 'string') await fs.writeFile(target, content);
    else await plant(target, content);
  }
}

async function* walk(folder) {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => a.name.localeCompare(b.name));
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(full);
    else yield full;
  }
}

async function sizeOf(file) {
  const { size } = await fs.stat(file);
  return size;
}

async function main() {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), 'walk-'));
  try {
    await plant(root, tree);
    const files = [];
    for await (const file of walk(root)) {
      files.push(file);
      console.log(path.relative(root, file));
    }
    const sizes = await Promise.all(files.map(sizeOf));
    console.log('bytes:', sizes.reduce((sum, size) => sum + size, 0));
    const text = await fs.readFile(files[0], 'utf8');
    console.log(text);
    await fs.readFile(path.join(root, 'missing.txt'));
  } catch (error) {
    console.log('error:', error.code);
  } finally {
    await fs.rm(root, { recursive: true, force: true });
    console.log('cleared');
  }
}

main();
