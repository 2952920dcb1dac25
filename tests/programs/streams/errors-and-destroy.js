// Destroying, errors after the end, callbacks called twice, and who hears of it.
const { Readable, Writable, finished } = require('node:stream');
const source = new Readable({ read() {}, destroy(error, done) { console.log('destroy', error?.message); done(error); } });
finished(source, (error) => console.log('finished', error.code ?? error.message));
source.on('error', (error) => console.log('error', error.message)).on('close', () => console.log('close', source.destroyed, source.errored?.message));
source.destroy(new Error('broken'));
source.destroy(new Error('ignored'));
const ended = new Writable({ write(part, encoding, done) { done(); } });
ended.on('error', (error) => console.log(error.code, error.message));
ended.end('last');
ended.write('too late', (error) => console.log('callback', error.code));
const twice = new Writable({ write(part, encoding, done) { done(); done(); } });
twice.on('error', (error) => console.log(error.code));
twice.write('x');
const premature = new Readable({ read() {} });
finished(premature, (error) => console.log(error.code, error.message));
premature.destroy();
