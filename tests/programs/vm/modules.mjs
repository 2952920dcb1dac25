// flags: --experimental-vm-modules --no-warnings
// Modules linked by hand.
import vm from 'node:vm';
const context = vm.createContext({ console });
const dependency = new vm.SyntheticModule(['value'], function () { this.setExport('value', 42); }, { context });
const module = new vm.SourceTextModule('import { value } from "dependency"; await null; console.log(value, import.meta.own); export default value;', { context, initializeImportMeta: (meta) => { meta.own = 'mine'; } });
console.log(module.status);
await module.link((specifier) => { console.log('link', specifier); return dependency; });
console.log(module.status);
await module.evaluate();
console.log(module.status, module.namespace.default);
const failing = new vm.SourceTextModule('throw new Error("own")', { context });
await failing.link(() => {});
await failing.evaluate().catch((error) => console.log(error.message, failing.status));
