// args: one --two=3
// flags: --no-warnings --stack-trace-limit=5
// What a program can read of its own process.
const path = require('node:path');
console.log(process.argv.slice(2), process.execArgv, path.basename(process.argv[0]), path.basename(process.argv[1]), path.basename(process.execPath), process.title);
console.log(process.version, process.versions.v8, process.versions.uv, process.arch, process.platform, process.release.name, process.features);
console.log(Object.keys(process).sort().join(), Object.getOwnPropertyNames(globalThis).sort().join());
console.log(process.listenerCount('exit'), process.eventNames(), process._getActiveHandles().length, process._getActiveRequests().length, process.getActiveResourcesInfo());
console.log(typeof process.env.BISTRO_TRACE, Object.keys(process.env).filter((name) => /bistro/i.test(name)), Error.stackTraceLimit, process.exitCode, process.pid > 0, process.ppid > 0);
console.log(Object.keys(process.config.variables).length, process.allowedNodeEnvironmentFlags.size, process.report.filename, process.umask().toString(8), process.cwd() === __dirname);
console.log(require('node:module').builtinModules.length, Object.keys(require.cache).length, process.moduleLoadList.length > 50, new Error('here').stack.split('\n').length);
console.log(require('node:fs').openSync(__filename) < 30); // nothing of the recorder's is in between; the loop's own io_uring is not there within walls
