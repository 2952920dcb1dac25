// Waits for a child, and hears nobody meanwhile.
console.log('ready');
require('node:child_process').execSync('sleep 100');
