// exit: 1
// Importing a name that the module does not export is a SyntaxError at link time.
import { latte } from './fixtures/menu.mjs';
console.log(latte);
