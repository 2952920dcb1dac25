// Writes small programs, each from a seed, and always the same from the same: node generate.mjs FOLDER [FIRST [COUNT]]
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from './generator/program.mjs';

// The paths of the programs in a folder; the parts of some lie in folders below.
export function generate(folder, first, count) {
  return Array.from({ length: count }, (_, i) => {
    const files = program(first + i);
    for (const [name, text] of files) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    return path.join(folder, files.keys().next().value);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, first = 1, count = 1] = process.argv.slice(2);
  if (!folder) {
    console.error('generate.mjs: into which folder? See tests/lines/README.md.');
    process.exit(2);
  }
  console.log(generate(path.resolve(folder), Number(first), Number(count)).join('\n'));
}
