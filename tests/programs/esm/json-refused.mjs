// exit: 1
// JSON needs its type said; the error names the file.
import data from './fixtures/data.json';
console.log('never', data);
