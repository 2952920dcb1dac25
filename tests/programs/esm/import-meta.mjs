// import.meta: where we are and how names are resolved from here.
import { fileURLToPath } from 'node:url';
import path from 'node:path';
console.log(Object.keys(import.meta), path.basename(import.meta.filename), import.meta.dirname === path.dirname(fileURLToPath(import.meta.url)));
console.log(import.meta.resolve('node:fs'), path.basename(import.meta.resolve('./x.mjs?y')), Object.getPrototypeOf(import.meta));
try { import.meta.resolve('no-such-package'); } catch (error) { console.log(error.code); }
console.log(process.argv[1] === import.meta.filename, process.argv.length);
