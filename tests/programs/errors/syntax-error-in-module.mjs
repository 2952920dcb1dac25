// exit: 1
// A module with a syntax error fails to load, so nothing of the importer runs.
import './fixtures/broken.mjs';
console.log('not reached');
