#include "soakfaults.h"

#include <array>

namespace bistro::ui {
namespace {

using enum FaultEnd;

constexpr std::array kFaults {
    // Without end.
    Fault {"a loop", Stop, "console.log('ready'); for (;;);"},
    Fault {"a loop that catches all", Stop,
        "console.log('ready'); for (;;) { try { for (;;); } catch { for (;;); } finally { for (;;); } }"},
    Fault {"ticks", Stop, "console.log('ready'); const again = () => process.nextTick(again); again();"},
    Fault {"microtasks", Stop, "console.log('ready'); const again = () => Promise.resolve().then(again); again();"},
    Fault {"immediates", Stop, "console.log('ready'); const again = () => setImmediate(again); again();"},
    Fault {"an interval", Stop, "console.log('ready'); setInterval(() => {}, 1);"},
    Fault {"a regular expression", Stop, "console.log('ready'); /^(a+)+$/.test('a'.repeat(40) + 'b');"},
    Fault {"SIGTERM ignored", Stop, "process.on('SIGTERM', () => {}); console.log('ready'); for (;;);"},
    Fault {"a server", Stop, "require('http').createServer((q, r) => r.end()).listen(0, () => console.log('ready'));"},
    Fault {"stopped while it starts", StopAtOnce, "setInterval(() => {}, 1000);"},
    Fault {"run again meanwhile", RunAgain, "console.log('ready'); setInterval(() => {}, 1000);"},

    // Endings.
    Fault {"an exit code", ByItself, "process.exit(7);"},
    Fault {
        "an exit in a callback", ByItself, "process.on('exit', () => process.exit(3)); setTimeout(process.exit, 5);"},
    Fault {"abort", ByItself, "console.log(1); process.abort();"},
    Fault {"a crash", ByItself, "process.kill(process.pid, 'SIGSEGV');"},
    Fault {"SIGKILL to itself", ByItself, "process.kill(process.pid, 'SIGKILL');"},
    Fault {"the engine is killed", KillEngine, "console.log('ready'); setInterval(() => {}, 10);"},
    Fault {"the engine is killed in a loop", KillEngine, "console.log('ready'); for (;;);"},
    Fault {"the warden is killed", KillWarden, "console.log('ready'); setInterval(() => {}, 10);"},
    Fault {"null is thrown", ByItself, "throw null;"},
    Fault {"an evil error", ByItself,
        "const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { throw e; } });\n"
        "setTimeout(() => { throw e; }, 1);"},
    Fault {"rejections", ByItself, "for (let i = 0; i < 2000; ++i) Promise.reject(new Error(String(i)));"},
    Fault {"no grammar", ByItself, "const = ;"},
    Fault {"a module in a script", ByItself, "import x from './nothing.mjs';\nconsole.log(x);"},
    Fault {"a missing package", ByItself, "require('no-such-package-at-all');"},
    Fault {"replaced prototypes", ByItself,
        "Array.prototype.push = () => { throw 1; }; JSON.stringify = null; Object.prototype.toJSON = () => 1;\n"
        "delete globalThis.process; setTimeout(() => console.log('still'), 1);"},

    // Memory and the stack.
    Fault {"a full heap", ByItself, "const all = []; for (;;) all.push(new Array(10000).fill(all.length));", true},
    Fault {"buffers", ByItself,
        "const all = []; for (let i = 0; i < 48; ++i) all.push(Buffer.alloc(1 << 20, i)); console.log(all.length);"},
    Fault {"a deep recursion", ByItself,
        "const down = () => down(); try { down(); } catch { console.log('caught'); } down();"},

    // Output and input.
    Fault {"a flood of lines", ByItself,
        "const line = 'x'.repeat(120) + '\\n'; process.stdout.write(line.repeat(40000));"},
    Fault {"many lines", ByItself, "for (let i = 0; i < 4000; ++i) console.log('line', i, { of: [i] });"},
    Fault {"a long line", ByItself, "process.stdout.write('x'.repeat(4 << 20));"},
    Fault {"odd letters", ByItself,
        "process.stdout.write('\\r'.repeat(5000) + '\\x1b[31m\\x1b]0;a\\x07\\u202e\\0\\n\\x1b[2J\\x1b[999A');"},
    Fault {"input to its end", EndInput,
        "let n = 0; process.stdin.on('data', d => { n += d.length; }).on('end', () => console.log(n));\n"
        "console.log('ready');"},
    Fault {"input that never comes", Stop, "process.stdin.resume(); console.log('ready');"},
    Fault {"input that nobody reads", EndInput, "console.log('ready'); setTimeout(() => process.exit(1), 20);"},

    // Others that it starts.
    Fault {"children", Stop,
        "const { spawn } = require('child_process');\n"
        "for (let i = 0; i < 3; ++i) spawn('sleep', ['1000']);\n"
        "setTimeout(() => console.log('ready'), 1); setInterval(() => {}, 1000);"},
    Fault {
        "a child that is waited for", Stop, "console.log('ready'); require('child_process').execSync('sleep 1000');"},
    Fault {"a detached child", ByItself,
        "require('child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }).unref();"},
    Fault {"a daemon", ByItself,
        "require('child_process').spawnSync('sh', ['-c', '(setsid sleep 1000 >/dev/null 2>&1 &) &']);"},
    Fault {"too many children", Stop,
        "const { spawn } = require('child_process');\n"
        "for (let i = 0; i < 80; ++i) spawn('sleep', ['1000']).on('error', () => {});\n"
        "setTimeout(() => console.log('ready'), 1); setInterval(() => {}, 1000);"},
    Fault {"workers", Stop,
        "const { Worker } = require('worker_threads'); let left = 4;\n"
        "for (let i = 0; i < 4; ++i)\n"
        "  new Worker('setInterval(() => {}, 10)', { eval: true })\n"
        "    .on('online', () => { if (--left === 0) console.log('ready'); });"},
    Fault {"a worker that fails", ByItself,
        "new (require('worker_threads').Worker)('throw new Error(1)', { eval: true }).on('error', () => {});"},

    // What is refused.
    Fault {"files elsewhere", ByItself,
        "const fs = require('fs');\n"
        "for (const file of ['/etc/shadow', require('os').homedir() + '/.ssh/id_rsa'])\n"
        "  try { fs.readFileSync(file); } catch (e) { console.log(e.code); }\n"
        "try { fs.writeFileSync('/etc/bistro-soak', 'x'); } catch (e) { console.log(e.code); }"},
    Fault {"another's port", ByItself, "require('net').connect(1).on('error', e => console.log(e.code));"},
    Fault {"a signal to its parent", ByItself,
        "try { process.kill(process.ppid, 9); } catch (e) { console.log(e.code); }"},
    Fault {"an inspector", ByItself, "try { require('inspector').open(0); } catch (e) { console.log(e.code); }"},
    Fault {"files that nobody may remove", ByItself,
        "const fs = require('fs'), path = require('path'); let at = require('os').tmpdir();\n"
        "for (let i = 0; i < 100; ++i) fs.writeFileSync(path.join(at, 'f' + i), 'x');\n"
        "for (let i = 0; i < 20; ++i) fs.mkdirSync(at = path.join(at, 'd'));\n"
        "fs.chmodSync(at, 0); fs.chmodSync(path.dirname(at), 0);"},
};

} // namespace

std::span<const Fault> faults()
{
    return kFaults;
}

} // namespace bistro::ui
