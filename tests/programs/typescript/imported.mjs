// Neither import nor an entry of another kind takes it.
await import('./refused.ts').catch((error) => console.log(error.code, error.message.replace(import.meta.dirname, '')));
const { createRequire } = await import('node:module');
try { createRequire(import.meta.url)('./refused.ts'); } catch (error) { console.log(error.name, error.message); }
