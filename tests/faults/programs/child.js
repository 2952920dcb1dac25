// Waits for a child, and hears nobody meanwhile.
require('node:fs').writeSync(1, 'ready\n');
require('node:child_process').execSync('sleep 100');
