// CommonJS imported: named exports found by looking, the rest through the default.
import common, { named, other } from './fixtures/common.cjs';
import { createRequire, isBuiltin, builtinModules } from 'node:module';
console.log(common, named, other);
console.log(Object.keys(await import('./fixtures/common.cjs')));
const require = createRequire(import.meta.url);
console.log(require('./fixtures/common.cjs') === common, require('./fixtures/data.json').answer, isBuiltin('fs'), builtinModules.includes('fs'));
