// Sits in one builtin for seconds, again and again.
const text = `[${'1,'.repeat(2e7)}1]`;
require('node:fs').writeSync(1, 'ready\n');
for (;;) JSON.parse(text);
