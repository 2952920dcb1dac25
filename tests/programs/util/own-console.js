// A console of one's own on any stream, and one that ignores or throws the stream's errors.
const { Console } = require('node:console');
const { Writable } = require('node:stream');
const taken = [];
const sink = new Writable({ write(part, encoding, done) { taken.push(part.toString()); done(); } });
const own = new Console({ stdout: sink, inspectOptions: { depth: 0 }, groupIndentation: 4 });
own.group('g');
own.log({ a: { b: 1 } });
own.error('to the same');
const broken = () => new Writable({ write(part, encoding, done) { done(new Error('disk full')); } });
new Console({ stdout: broken() }).log('ignored');
const strict = new Console({ stdout: broken().on('error', (error) => console.log('told', error.message)), ignoreErrors: false });
strict.log('not ignored');
setImmediate(() => console.log(taken));
try { new Console({}); } catch (error) { console.log(error.code); }
const { log } = console;
log('detached', console instanceof Console, Object.prototype.toString.call(console));
