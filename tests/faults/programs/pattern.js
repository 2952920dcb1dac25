// A regular expression that explodes.
require('node:fs').writeSync(1, 'ready\n');
/^(a+)+$/.test('a'.repeat(40) + 'b');
