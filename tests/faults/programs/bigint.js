// A power whose computation takes longer than anybody lives.
require('node:fs').writeSync(1, 'ready\n');
let power = 3n;
for (;;) power **= 3n;
