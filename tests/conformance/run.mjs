#!/usr/bin/env node
// Runs Node's own test files (from Debian's source package, see ./fetch) under
// stock node and under another interpreter, and says which of the tests that
// stock node passes on this machine the other one does not. See README.md.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

const USAGE = `usage: run.mjs [--stock] [--engine PATH] [options]

  --source DIR       Node's unpacked source tree (default: the cache folder's "source")
  --cache DIR        where the list of stock-passing tests is kept
                     (default: $XDG_CACHE_HOME/bistro/conformance)
  --node PATH        stock node (default: the node that runs this script)
  --engine PATH      the interpreter to test; without it only the stock pass is made
  --record           record each test: the engine is started by the bistro program beside it
  --confined         with --record: within the sandbox's walls; the source must lie where a
                     workspace may lie (--source), else each test fails at its start
  --env NAME=VALUE   extra environment for the engine; may be repeated
  --show PATH        the bistro program: after each test its "show" must open the trace
  --filter REGEX     only tests whose name (parallel/test-x.js) matches
  --list FILE        only the tests named in FILE, one a line
  --sample N         only N tests drawn at random; --seed S makes it the same draw
  --suites A,B       default: ${'parallel,sequential,es-module,async-hooks,message,pseudo-tty,report,wasi,abort'}
  --jobs N           tests at once (default 2; up to 4 while the processor is mostly idle)
  --timeout SECONDS  default 60
  --deadline MINUTES stop starting tests after that long; the next run goes on
  --once             one pass under stock node is enough to try the engine
  --engine-first     stock node is only asked about tests that fail under the engine
  --fresh            forget what is known about stock node
  --output FILE      also write the results as JSON
  --results FILE     keep the engine's results there, a line for each test as it ends;
                     those of this very engine are not run again
  --keep             keep the traces of tests that fail (in the work folder)
  --quiet            no progress line
`;

const options = {
  env: [], seed: '1', timeout: 60, suites: [
    'parallel', 'sequential', 'es-module', 'async-hooks', 'message',
    'pseudo-tty', 'report', 'wasi', 'abort'],
};
{
  const args = process.argv.slice(2);
  const value = (name) => {
    if (args.length === 0) fail(`${name} needs a value`);
    return args.shift();
  };
  while (args.length > 0) {
    const arg = args.shift();
    switch (arg) {
      case '--source': options.source = value(arg); break;
      case '--cache': options.cache = value(arg); break;
      case '--node': options.node = value(arg); break;
      case '--engine': options.engine = value(arg); break;
      case '--record': options.record = true; break;
      case '--confined': options.confined = true; break;
      case '--env': options.env.push(value(arg)); break;
      case '--show': options.show = value(arg); break;
      case '--filter': options.filter = new RegExp(value(arg)); break;
      case '--list': options.list = value(arg); break;
      case '--sample': options.sample = Number(value(arg)); break;
      case '--seed': options.seed = value(arg); break;
      case '--suites': options.suites = value(arg).split(','); break;
      case '--jobs': options.jobs = Number(value(arg)); break;
      case '--timeout': options.timeout = Number(value(arg)); break;
      case '--deadline': options.deadline = Date.now() + Number(value(arg)) * 60_000; break;
      case '--output': options.output = value(arg); break;
      case '--results': options.results = value(arg); break;
      case '--once': options.once = true; break;
      case '--engine-first': options.engineFirst = options.once = true; break;
      case '--fresh': options.fresh = true; break;
      case '--stock': options.stock = true; break;
      case '--keep': options.keep = true; break;
      case '--quiet': options.quiet = true; break;
      case '--help': case '-h': process.stdout.write(USAGE); process.exit(0); break;
      default: fail(`unknown option ${arg}\n\n${USAGE}`);
    }
  }
}

function fail(message) {
  process.stderr.write(`conformance: ${message}\n`);
  process.exit(2);
}

const cache = path.resolve(options.cache ?? path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'bistro', 'conformance'));
const source = path.resolve(options.source ?? path.join(cache, 'source'));
const node = path.resolve(options.node ?? process.execPath);
const engine = options.engine && path.resolve(options.engine);
if (!fs.existsSync(path.join(source, 'test', 'common', 'index.js')))
  fail(`no Node source tree at ${source}; tests/conformance/fetch gets it`);
if (engine && !fs.existsSync(engine)) fail(`no engine at ${engine}`);
for (const pair of options.env)
  if (!/^[A-Za-z_][A-Za-z0-9_]*=/.test(pair)) fail(`--env ${pair}: not NAME=VALUE`);
fs.mkdirSync(cache, { recursive: true });
// Within the walls a test may write to its workspace, the folder that it is started in, and not beside it.
const work = fs.mkdtempSync(path.join(options.confined ? source : os.tmpdir(), 'bistro-conformance-'));
// What lies above the home folder is never a workspace.
const home = options.confined ? fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-conformance-home-')) : null;

// ---------------------------------------------------------------------------
// The tests

// Flags that reach into node's or V8's insides; what they show is not promised
// to anyone, least of all to an embedder.
const INTERNAL_FLAG = /^--(expose[-_]internals|allow[-_]natives[-_]syntax|no[-_]node[-_]snapshot|node[-_]snapshot|build[-_]snapshot|expose[-_]externalize[-_]string|test[-_]udp[-_]no[-_]try[-_]send)(=|$)/;

function readTests() {
  const tests = [];
  const skipped = [];
  for (const suite of options.suites) {
    const folder = path.join(source, 'test', suite);
    if (!fs.existsSync(folder)) continue;
    const hasExpected = suite === 'message' || suite === 'pseudo-tty';
    for (const file of fs.readdirSync(folder).sort()) {
      const wanted = hasExpected ? /\.m?js$/ : /^test-.*\.m?js$/;
      if (!wanted.test(file)) continue;
      const full = path.join(folder, file);
      const name = `${suite}/${file}`;
      const text = fs.readFileSync(full, 'utf8');
      const flags = (/\/\/\s+Flags:(.*)/.exec(text)?.[1] ?? '').trim().split(/\s+/).filter(Boolean);
      const test = { name, suite, full, flags };
      if (hasExpected) {
        test.expected = full.replace(/\.m?js$/, '.out');
        if (!fs.existsSync(test.expected)) continue;
        if (suite === 'pseudo-tty') {
          test.input = full.replace(/\.m?js$/, '.in');
          if (!fs.existsSync(test.input)) test.input = null;
        }
      }
      const internal = flags.find((flag) => INTERNAL_FLAG.test(flag));
      if (internal) skipped.push({ name, why: internal });
      else tests.push(test);
    }
  }
  return { tests, skipped };
}

// A small generator with a fixed sequence for a seed (mulberry32 over FNV-1a).
function randomFrom(seed) {
  let state = 0x811c9dc5;
  for (const c of String(seed)) state = Math.imul(state ^ c.charCodeAt(0), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function choose(tests) {
  let chosen = tests;
  if (options.list) {
    const names = new Set(fs.readFileSync(options.list, 'utf8').split('\n')
      .map((line) => line.replace(/#.*/, '').trim()).filter(Boolean));
    chosen = chosen.filter((test) => names.has(test.name));
  }
  if (options.filter) chosen = chosen.filter((test) => options.filter.test(test.name));
  return chosen;
}

function sample(tests) {
  if (!options.sample || options.sample >= tests.length) return tests;
  const random = randomFrom(options.seed);
  const left = tests.slice();
  const drawn = [];
  while (drawn.length < options.sample) drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn.sort((a, b) => (a.name < b.name ? -1 : 1));
}

// ---------------------------------------------------------------------------
// One test

const alive = new Set();        // process groups of the tests now running
let serial = 0;
const token = `${process.pid}.${Date.now()}`;

function killGroup(pid) {
  try { process.kill(-pid, 'SIGKILL'); } catch { /* none left */ }
}

// Ends what a test left behind in other process groups: processes that carry
// this run's own mark in their environment.
function killStragglers(mark) {
  let count = 0;
  for (const entry of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    let environ;
    try { environ = fs.readFileSync(`/proc/${entry}/environ`, 'latin1'); } catch { continue; }
    if (!environ.split('\0').includes(mark)) continue;
    try { process.kill(Number(entry), 'SIGKILL'); count++; } catch { /* ended by itself */ }
  }
  return count;
}

function readCapped(file, limit = 8 << 20) {
  let fd;
  try { fd = fs.openSync(file, 'r'); } catch { return ''; }
  try {
    const size = Math.min(fs.fstatSync(fd).size, limit);
    const buffer = Buffer.alloc(size);
    const got = size ? fs.readSync(fd, buffer, 0, size, 0) : 0;
    return buffer.toString('utf8', 0, got);
  } finally {
    fs.closeSync(fd);
  }
}

function runOnce(test, program, extra, slot, parallel) {
  const id = ++serial;
  const folder = path.join(work, `slot-${slot}`);
  fs.mkdirSync(folder, { recursive: true });
  const outFile = path.join(work, `out-${slot}`);
  const errFile = path.join(work, `err-${slot}`);
  const trace = path.join(work, `trace-${id}.bistro`);
  const mark = `BISTRO_CONFORMANCE_MARK=${token}.${id}`;
  const env = { ...process.env };
  // What the surroundings may have set and a test run must not inherit.
  for (const name of ['NODE_PATH', 'NODE_OPTIONS', 'NODE_REPL_EXTERNAL_MODULE', 'BISTRO_TRACE',
    'NODE_V8_COVERAGE', 'NODE_DEBUG', 'NODE_ENV', 'NODE_EXTRA_CA_CERTS', 'FORCE_COLOR', 'NO_COLOR',
    'NODE_PENDING_DEPRECATION', 'NODE_COMPILE_CACHE', 'NODE_CHANNEL_FD', 'INIT_CWD'])
    delete env[name];
  Object.assign(env, {
    HOME: home ?? folder, NODE_TEST_DIR: folder, NODE_TEST_NO_INTERNET: '1', GITHUB_STEP_SUMMARY: '',
    TEST_SERIAL_ID: String(id), TEST_THREAD_ID: String(slot), TEST_PARALLEL: parallel ? '1' : '0',
    BISTRO_CONFORMANCE_MARK: `${token}.${id}`,
  });
  const openssl = path.join(source, 'debian', 'openssl.cnf');
  if (fs.existsSync(openssl)) env.OPENSSL_CONF = openssl;   // as Debian's own build tests
  for (const pair of extra) {
    const at = pair.indexOf('=');
    env[pair.slice(0, at)] = pair.slice(at + 1);
  }
  const recorded = options.record && program === engine;
  const start = recorded ? [path.join(path.dirname(engine), 'bistro'), 'run',
    ...(options.confined ? [] : ['--unconfined']), '--trace', trace] : [program];
  let command = [...start, ...test.flags, test.full];
  if (test.suite === 'pseudo-tty')
    command = ['/usr/bin/python3', path.join(source, 'tools', 'pseudo-tty.py'), ...command];

  return new Promise((resolve) => {
    const out = fs.openSync(outFile, 'w');
    const err = fs.openSync(errFile, 'w');
    const input = fs.openSync(test.input ?? '/dev/null', 'r');
    const began = process.hrtime.bigint();
    // No core files, whatever the test does; then the command in its place.
    const child = spawn('/bin/sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', ...command], {
      cwd: source, env, stdio: [input, out, err], detached: true,
    });
    for (const fd of [out, err, input]) fs.closeSync(fd);
    if (child.pid) alive.add(child.pid);
    let timedOut = false;
    const timer = setTimeout(() => { timedOut = true; killGroup(child.pid); }, options.timeout * 1000);
    const finish = (code, signal, error) => {
      clearTimeout(timer);
      const ms = Number((process.hrtime.bigint() - began) / 1000000n);
      if (child.pid) { killGroup(child.pid); alive.delete(child.pid); }
      const stragglers = killStragglers(mark);
      const result = {
        code, signal, timedOut, ms, stragglers, trace,
        stdout: readCapped(outFile), stderr: readCapped(errFile),
      };
      if (error) result.stderr += String(error);
      judge(test, result);
      try { fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 }); } catch { /* next one */ }
      resolve(result);
    };
    child.on('error', (error) => finish(null, null, error));
    child.on('exit', (code, signal) => finish(code, signal, null));
  });
}

// Sets result.outcome: 'pass', 'skip' (the test says itself that it can't run
// here) or 'fail', and result.why for a failure.
function judge(test, result) {
  if (test.expected) {
    if (result.timedOut) return set('fail', `no end after ${options.timeout} s`);
    const why = compareWithExpected(test, result);
    return why ? set('fail', why) : set('pass');
  }
  if (result.timedOut) return set('fail', `no end after ${options.timeout} s`);
  if (result.signal) return set('fail', `ended by ${result.signal}`);
  if (result.code !== 0) return set('fail', `exit code ${result.code}`);
  if (/^1\.\.0 # Skipped: /m.test(result.stdout)) {
    result.why = /^1\.\.0 # Skipped: (.*)/m.exec(result.stdout)[1];
    return set('skip', result.why);
  }
  return set('pass');
  function set(outcome, why) { result.outcome = outcome; if (why) result.why = why; }
}

// A .out file is one pattern a line, in which * stands for anything; empty
// lines don't count.
function compareWithExpected(test, result) {
  const base = path.basename(test.full);
  const patterns = fs.readFileSync(test.expected, 'utf8').split('\n')
    .filter((line) => line.trim())
    .map((line) => line.trimEnd().replaceAll('%(basename)s', base).replaceAll('%%', '%'));
  const lines = (result.stdout + result.stderr).split('\n').map((line) => line.trimEnd())
    .filter((line) => line.trim() && !line.startsWith('==') && !line.startsWith('**'));
  for (let i = 0; i < Math.max(patterns.length, lines.length); i++) {
    if (patterns[i] === undefined) return `line ${i + 1} is one too many: ${JSON.stringify(lines[i])}`;
    const regexp = new RegExp(`^${patterns[i].split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}`);
    if (lines[i] === undefined || !regexp.test(lines[i]))
      return `line ${i + 1}: expected ${JSON.stringify(patterns[i])}, got ${JSON.stringify(lines[i] ?? null)}`;
  }
  return null;
}

// ---------------------------------------------------------------------------
// Many tests

function idleShare() {
  const [user, nice, system, idle, wait, ...rest] = fs.readFileSync('/proc/stat', 'latin1')
    .split('\n', 1)[0].trim().split(/\s+/).slice(1).map(Number);
  const total = user + nice + system + idle + wait + rest.reduce((a, b) => a + b, 0);
  const before = idleShare.before;
  idleShare.before = { total, idle: idle + wait };
  if (!before || total === before.total) return 0;
  return (idle + wait - before.idle) / (total - before.total);
}

async function runAll(tests, runTest, label) {
  const began = Date.now();
  // Tests that listen on the fixed common port go one at a time, alone.
  const together = tests.filter((test) => test.suite !== 'sequential');
  const alone = tests.filter((test) => test.suite === 'sequential');
  let done = 0, failed = 0, stopped = false;
  const progress = (test, result) => {
    done++;
    if (result.outcome === 'fail') failed++;
    if (options.quiet) return;
    if (process.stderr.isTTY)
      process.stderr.write(`\r\x1b[K${label}: ${done}/${tests.length}, ${failed} failed  ${test.name}`);
    else if (done % 100 === 0 || done === tests.length)
      process.stderr.write(`${label}: ${done}/${tests.length}, ${failed} failed, ${Math.round((Date.now() - began) / 1000)} s\n`);
  };
  for (const [list, parallel] of [[together, true], [alone, false]]) {
    const queue = list.slice();
    const most = parallel ? (options.jobs ?? 4) : 1;
    const usual = parallel ? (options.jobs ?? 2) : 1;
    const free = Array.from({ length: most }, (_, i) => i + 1);
    const running = new Set();
    while (queue.length > 0 || running.size > 0) {
      if (options.deadline && Date.now() > options.deadline) { stopped = true; queue.length = 0; }
      const room = running.size < usual || (running.size < most && idleShare() > 0.35);
      if (queue.length > 0 && free.length > 0 && room) {
        const test = queue.shift();
        const slot = free.shift();
        const promise = runTest(test, slot, parallel).then((result) => {
          running.delete(promise);
          free.unshift(slot);
          progress(test, result);
        });
        running.add(promise);
      } else if (running.size > 0) {
        const tick = new Promise((resolve) => setTimeout(resolve, 500).unref());
        await Promise.race([...running, tick]);
      }
    }
  }
  if (!options.quiet && process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  return { stopped, seconds: (Date.now() - began) / 1000 };
}

// ---------------------------------------------------------------------------
// Stock node: what it passes here, found once and kept

// Names this very node and the tests: versions, a few digits of the library's
// hash (Debian's security updates keep the version), and the source package.
function identify(program) {
  const result = spawnSync(program, ['-p', `[process.version, process.arch,
    process.report.getReport().sharedObjects.find((name) => /libnode/.test(name)) ?? process.execPath].join(" ")`],
  { encoding: 'utf8' });
  if (result.status !== 0) fail(`${program} does not start: ${result.error ?? result.stderr}`);
  const [version, arch, library] = result.stdout.trim().split(' ');
  const hash = createHash('sha256').update(fs.readFileSync(library)).digest('hex').slice(0, 8);
  let from = 'unpatched';
  try {
    from = /\(([^)]*)\)/.exec(fs.readFileSync(path.join(source, 'debian', 'changelog'), 'utf8'))[1];
  } catch { /* an upstream tree */ }
  return { version, arch, hash, from, text: `${version} ${arch} ${hash}, tests of ${from}` };
}
const stockNode = identify(node);
const stockFile = path.join(cache,
  `stock-${stockNode.version}-${stockNode.arch}-${stockNode.hash}-${stockNode.from.replace(/[^A-Za-z0-9.+~-]+/g, '_')}.jsonl`);

async function stockPass(tests) {
  const file = stockFile;
  if (options.fresh) fs.rmSync(file, { force: true });
  const known = new Map();       // name -> results in order
  if (fs.existsSync(file)) {
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
      let entry;
      try { entry = JSON.parse(line); } catch { continue; }   // a run that was cut
      if (!known.has(entry.name)) known.set(entry.name, []);
      known.get(entry.name).push(entry);
    }
  }
  const results = (test) => known.get(test.name) ?? [];
  const note = (test, result, round) => {
    const { outcome, why, code, signal, ms, stragglers } = result;
    const entry = { name: test.name, round, outcome, why, code, signal, ms, stragglers: stragglers || undefined };
    if (outcome === 'fail') entry.stderr = result.stderr.slice(0, 2000);
    if (!known.has(test.name)) known.set(test.name, []);
    known.get(test.name).push(entry);
    fs.appendFileSync(file, JSON.stringify(entry) + '\n');
    return result;
  };
  let stopped = false;
  for (const round of options.engineFirst ? [] : options.once ? [1] : [1, 2]) {
    const todo = tests.filter((test) => {
      const past = results(test);
      if (round === 1) return past.length === 0;
      return past.length === 1 && past[0].outcome === 'pass';
    });
    if (todo.length === 0 || stopped) continue;
    const ran = await runAll(todo, async (test, slot, parallel) =>
      note(test, await runOnce(test, node, [], slot, parallel), round), `stock node, round ${round}`);
    stopped = ran.stopped;
    say(`stock node, round ${round}: ${todo.length} tests to run, ${ran.seconds.toFixed(0)} s${stopped ? ', stopped at the deadline' : ''}`);
  }
  const passing = [], failing = [], selfSkipped = [], unknown = [];
  for (const test of tests) {
    const past = results(test);
    if (past.length === 0 && options.engineFirst) passing.push(test);
    else if (past.length === 0 || (past.length === 1 && past[0].outcome === 'pass' && !options.once)) unknown.push(test);
    else if (past.every((entry) => entry.outcome === 'pass')) passing.push(test);
    else if (past.every((entry) => entry.outcome === 'skip')) selfSkipped.push({ name: test.name, why: past[0].why });
    else failing.push({ name: test.name, why: past.map((entry) => entry.outcome === 'fail' ? entry.why : entry.outcome).join('; ') });
  }
  // The whole list in plain text too, whatever was filtered this time.
  const names = [...known].filter(([, past]) => past.length >= 2 && past.every((e) => e.outcome === 'pass'))
    .map(([name]) => name).sort();
  fs.writeFileSync(file.replace(/jsonl$/, 'passing.txt'), names.map((name) => name + '\n').join(''));
  return { version: stockNode.text, file, passing, failing, selfSkipped, unknown };
}

// ---------------------------------------------------------------------------
// The engine

function describe(result) {
  if (result.timedOut) return `no end after ${options.timeout} s`;
  return result.signal ? `ended by ${result.signal}` : `exit code ${result.code}`;
}

function firstDifference(name, one, other) {
  const a = one.split('\n'), b = other.split('\n');
  // Process ids, addresses and durations differ between any two runs.
  const plain = (line) => line?.replace(/0x[0-9a-f]+|\d+(\.\d+)?/gi, '#');
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (plain(a[i]) === plain(b[i])) continue;
    const lines = [`${name}, line ${i + 1}:`];
    for (const line of a.slice(i, i + 4)) lines.push(`  - ${line.slice(0, 200)}`);
    for (const line of b.slice(i, i + 12)) lines.push(`  + ${line.slice(0, 200)}`);
    return lines;
  }
  return [];
}

async function runUnderEngine(test, slot, parallel) {
  let result;
  for (let attempt = 1; attempt <= 2; attempt++) {
    result = await runOnce(test, engine, options.env, slot, parallel);
    result.attempt = attempt;
    if (result.outcome === 'skip') { result.outcome = 'fail'; result.why = `skips itself: ${result.why}`; }
    if (result.outcome === 'pass' && options.show) checkTrace(result);
    if (!(options.keep && result.outcome === 'fail')) fs.rmSync(result.trace, { force: true });
    if (result.outcome === 'pass') return result;
  }
  // Stock node once more, for the comparison, and to know whether it still passes.
  const stock = await runOnce(test, node, [], slot, parallel);
  result.stockAgain = stock.outcome;
  result.report = [];
  if (result.outcome === 'fail') {
    if (describe(stock) !== describe(result))
      result.report.push(`stock node: ${describe(stock)}; engine: ${describe(result)}`);
    result.report.push(...firstDifference('stderr', stock.stderr, result.stderr));
    result.report.push(...firstDifference('stdout', stock.stdout, result.stdout));
    if (result.traceError) result.report.push(`trace: ${result.traceError}`);
  }
  return result;
}

// What a result depends on beside the test.
let identity;
function thisEngine() {
  identity ??= { engine: createHash('sha256').update(fs.readFileSync(engine)).digest('hex').slice(0, 8), env: [...options.env, options.record ? 'recorded' : '', options.confined ? 'confined' : ''].join(' ') };
  return identity;
}

function earlierResults() {
  const found = new Map();
  if (!options.results || !fs.existsSync(options.results)) return found;
  for (const line of fs.readFileSync(options.results, 'utf8').split('\n')) {
    let entry;
    try { entry = JSON.parse(line); } catch { continue; } // the end of a run that was killed
    if (entry.engine === thisEngine().engine && entry.env === thisEngine().env) found.set(entry.name, entry);
  }
  return found;
}

function checkTrace(result) {
  const opened = fs.existsSync(result.trace) &&
    spawnSync(options.show, ['show', result.trace], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (opened && opened.status === 0) return;
  result.outcome = 'fail';
  result.why = 'the trace does not open';
  result.traceError = opened ? opened.stderr.slice(0, 500) : 'there is none';
}

// ---------------------------------------------------------------------------

function say(line) { process.stdout.write(line + '\n'); }

function cleanUp() {
  for (const pid of alive) killGroup(pid);
  if (!options.keep) fs.rmSync(work, { recursive: true, force: true });
  if (home) fs.rmSync(home, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => { cleanUp(); process.exit(128 + os.constants.signals[signal]); });

const { tests: all, skipped: internal } = readTests();
let chosen = choose(all);
// With a draw, only so many need to be known under stock node: draw from what
// is known to pass, or, where nothing is known yet, from all.
const knownFile = stockFile.replace(/jsonl$/, 'passing.txt');
if (options.sample) {
  if (fs.existsSync(knownFile) && !options.fresh) {
    const known = new Set(fs.readFileSync(knownFile, 'utf8').split('\n'));
    const passing = chosen.filter((test) => known.has(test.name));
    if (passing.length >= options.sample) chosen = passing;
  }
  chosen = sample(chosen);
}
if (chosen.length === 0) fail('no test is left to run');
say(`${all.length + internal.length} of Node's test files; ${internal.length} need internal flags; ${chosen.length} chosen`);

const stock = await stockPass(chosen);
say(`stock node (${stock.version}): ${stock.passing.length} pass${options.once ? '' : ' twice'}, ${stock.failing.length} fail, ` +
  `${stock.selfSkipped.length} skip themselves${stock.unknown.length ? `, ${stock.unknown.length} not run yet` : ''}`);
say(`kept in ${stock.file}`);

let exitCode = 0;
if (engine) {
  const passed = [], failed = [], flaky = [], retried = [];
  const count = ({ name, outcome, attempt, stockAgain, why, report, trace }) => {
    if (outcome === 'pass') {
      passed.push(name);
      if (attempt > 1) retried.push(name);
    } else if (stockAgain !== 'pass') {
      flaky.push({ name, why, report });
    } else {
      failed.push({ name, why, report, trace });
    }
  };
  const earlier = earlierResults();
  for (const test of stock.passing)
    if (earlier.has(test.name)) count(earlier.get(test.name));
  const ran = await runAll(stock.passing.filter((test) => !earlier.has(test.name)), async (test, slot, parallel) => {
    const result = await runUnderEngine(test, slot, parallel);
    const { outcome, attempt, stockAgain, why, report } = result;
    const entry = { ...thisEngine(), name: test.name, outcome, attempt, stockAgain, why, report, trace: options.keep && outcome !== 'pass' ? result.trace : undefined };
    count(entry);
    if (options.results) fs.appendFileSync(options.results, JSON.stringify(entry) + '\n');
    return result;
  }, 'engine');
  if (earlier.size > 0) say(`${passed.length + failed.length + flaky.length} of ${stock.passing.length} tests have a result, some from earlier runs`);
  for (const [title, list] of [['FAILED', failed], ['stock node fails this time as well', flaky]]) {
    for (const one of list.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      say(`\n${title}: ${one.name}: ${one.why}`);
      for (const line of one.report) say(`    ${line}`);
    }
  }
  if (retried.length) say(`\npassed at the second try: ${retried.sort().join(' ')}`);
  say(`\nengine ${engine} ${options.env.join(' ')}: ${ran.seconds.toFixed(0)} s${ran.stopped ? ', stopped at the deadline' : ''}`);
  if (failed.length) say(`failed:\n${failed.map((one) => `  ${one.name}`).join('\n')}`);
  const share = passed.length + failed.length ? 100 * passed.length / (passed.length + failed.length) : 0;
  say(`${share.toFixed(2)} % of what stock node passes`);
  // What the engine was not asked to run: stock node fails it, skips it, it
  // needs internal flags, or was not reached.
  const notRun = internal.length + stock.failing.length + stock.selfSkipped.length + stock.unknown.length +
    flaky.length + stock.passing.length - passed.length - failed.length - flaky.length;
  say(`${passed.length} passed, ${failed.length} failed, ${notRun} skipped`);
  if (options.output) fs.writeFileSync(options.output, JSON.stringify({
    engine, env: options.env, stock: stock.version, seconds: ran.seconds,
    passed: passed.sort(), failed, flaky, retried,
  }, null, 1));
  exitCode = failed.length > 0 || passed.length === 0 ? 1 : 0;
} else {
  for (const one of stock.failing) say(`stock node fails: ${one.name}: ${one.why}`);
  say(`${stock.passing.length} passed, 0 failed, ${stock.failing.length + stock.selfSkipped.length + stock.unknown.length + internal.length} skipped`);
  if (options.output) fs.writeFileSync(options.output, JSON.stringify({
    stock: stock.version, passing: stock.passing.map((test) => test.name), failing: stock.failing,
    selfSkipped: stock.selfSkipped, internal,
  }, null, 1));
}
if (options.keep) say(`kept: ${work}`);
cleanUp();
process.exitCode = exitCode;
