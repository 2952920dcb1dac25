#!/usr/bin/env node
// Runs Node's own benchmark files (from Debian's source package, see
// ../conformance/fetch) for async_hooks, process, timers and http under stock
// node and under another interpreter, in turn, with small sizes. See README.md.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const USAGE = `usage: node-own.mjs --engine PATH [options]

  --engine PATH      the interpreter to measure
  --node PATH        stock node (default: the node that runs this script)
  --source DIR       Node's unpacked source tree
                     (default: $XDG_CACHE_HOME/bistro/conformance/source)
  --modes off,on     recording off, recording on (default: both)
  --rounds N         at most N rounds (default 3)
  --budget SECONDS   no new round when that is used up (default 240); the first
                     round is always finished
  --only REGEX       only benchmark files whose name (timers/immediate.js) matches
  --json FILE        all single figures too
  --list             only say what would run
`;

const here = path.dirname(fileURLToPath(import.meta.url));
const options = { modes: ['off', 'on'], rounds: 3, budget: 240, only: /./ };
for (const args = process.argv.slice(2); args.length > 0;) {
  const arg = args.shift();
  const value = () => args.length ? args.shift() : fail(`${arg} needs a value`);
  switch (arg) {
    case '--engine': options.engine = path.resolve(value()); break;
    case '--node': options.node = path.resolve(value()); break;
    case '--source': options.source = path.resolve(value()); break;
    case '--modes': options.modes = value().split(','); break;
    case '--rounds': options.rounds = Number(value()); break;
    case '--budget': options.budget = Number(value()); break;
    case '--only': options.only = new RegExp(value()); break;
    case '--json': options.json = value(); break;
    case '--list': options.list = true; break;
    case '--help': case '-h': process.stdout.write(USAGE); process.exit(0); break;
    default: fail(`unknown option ${arg}\n\n${USAGE}`);
  }
}
if (!options.engine && !options.list) fail(`--engine is needed\n\n${USAGE}`);
const starter = path.join(path.dirname(path.resolve(options.engine ?? '.')), 'bistro');
const node = options.node ?? process.execPath;
const source = options.source ?? path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'bistro', 'conformance', 'source');
if (!fs.existsSync(path.join(source, 'benchmark', 'common.js')))
  fail(`no Node source tree at ${source}; tests/conformance/fetch gets it`);

function fail(message) {
  process.stderr.write(`node-own: ${message}\n`);
  process.exit(2);
}

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-node-own-'));
const alive = new Set();
process.on('exit', () => {
  for (const pid of alive) { try { process.kill(-pid, 'SIGKILL'); } catch { /* ended */ } }
  fs.rmSync(work, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

// Node's http benchmarks look for "wrk" on the PATH; they find our load
// generator, always under stock node.
const bin = path.join(work, 'bin');
fs.mkdirSync(bin);
const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
fs.writeFileSync(path.join(bin, 'wrk'),
  `#!/bin/sh\nunset BISTRO_TRACE NODE_RUN_BENCHMARK_FN\nexec ${quote(node)} ${quote(path.join(here, 'load.mjs'))} --wrk "$@"\n`,
  { mode: 0o755 });

// ---------------------------------------------------------------------------
// What runs. A benchmark file tries every combination of its settings; here
// each runs with the first value of every setting but those named. 'null'
// leaves a file out.

const small = {
  'async_hooks/async-local-storage-getstore-nested-resources.js': ['resourceCount=100 n=300000'],
  'async_hooks/async-local-storage-getstore-nested-run.js': ['sotrageCount=10 n=300000'],
  'async_hooks/async-local-storage-propagate-asyncresource.js': ['storageCount=0 n=50000', 'storageCount=10 n=50000'],
  'async_hooks/async-local-storage-propagate-promise.js': ['storageCount=0 n=100000', 'storageCount=10 n=30000'],
  'async_hooks/async-local-storage-run.js': ['n=100000'],
  'async_hooks/async-resource-vs-destroy.js': [
    'type=async-local-storage asyncMethod=async connections=100 duration=1',
    'type=destroy asyncMethod=callbacks connections=100 duration=1'],
  'async_hooks/gc-tracking.js': ['method=trackingEnabled n=100000', 'method=trackingDisabled n=100000'],
  'async_hooks/http-server.js': ['asyncHooks=none connections=50 duration=1', 'asyncHooks=all connections=50 duration=1'],
  'async_hooks/promises.js': ['asyncHooks=disabled n=100000', 'asyncHooks=enabled n=50000'],
  'process/bench-env.js': ['operation=get n=100000'],
  'process/bench-hrtime.js': ['type=bigint n=1000000'],
  'process/coverage.js': null,                 // measures a child process
  'process/getActiveResourcesInfo.js': ['handlesCount=100 requestsCount=100 timeoutsCount=100 immediatesCount=100 n=2000'],
  'process/memoryUsage.js': ['n=3000'],
  'process/resourceUsage.js': ['n=20000'],
  'process/next-tick-loop-args.js': ['n=10000 loop=50'],
  'process/next-tick-loop.js': ['n=10000 loop=50'],
  'process/queue-microtask-breadth.js': ['n=300000'],
  'process/queue-microtask-depth.js': ['n=300000'],
  'process/*': ['n=500000'],
  'timers/immediate.js': ['type=depth n=100000', 'type=breadth n=300000', 'type=clear n=300000'],
  'timers/set-immediate-depth-args.js': ['n=100000'],
  'timers/timers-depth.js': ['n=200'],
  'timers/timers-cancel-unpooled.js': ['direction=start n=100000'],
  'timers/timers-insert-unpooled.js': ['direction=start n=100000'],
  'timers/timers-timeout-unpooled.js': ['n=50000'],
  'timers/timers-timeout-nexttick.js': ['n=200000'],
  'timers/*': ['n=200000'],
  'http/_chunky_http_client.js': null,         // the other half of http_server_for_chunky_client.js
  'http/http_server_for_chunky_client.js': ['len=8 n=500'],
  'http/bench-parser.js': ['len=8 n=50000'],
  'http/check_invalid_header_char.js': ['n=500000'],
  'http/check_is_http_token.js': ['n=500000'],
  'http/chunked.js': ['n=4 len=64 c=50 duration=1'],
  'http/client-request-body.js': ['dur=1 type=asc len=256 method=end'],
  'http/cluster.js': ['type=bytes len=1024 c=50 duration=1'],
  'http/create-clientrequest.js': ['url=wpt arg=URL e=4'],
  'http/end-vs-write-end.js': ['type=buf len=65536 c=50 method=end duration=1'],
  'http/headers.js': ['group=fewHeaders n=10 len=5 duration=1'],
  'http/incoming_headers.js': ['connections=50 headers=20 w=0 duration=1'],
  'http/set-header.js': ['res=setHeader duration=1'],
  'http/set_header.js': ['value=X-Powered-By n=500000'],
  'http/simple.js': ['type=bytes len=1024 chunks=1 c=50 chunkedEnc=0 duration=1',
    'type=buffer len=4 chunks=4 c=50 chunkedEnc=1 duration=1'],
  'http/upgrade.js': ['n=300'],
};

const jobs = [];
for (const folder of ['async_hooks', 'process', 'timers', 'http']) {
  for (const file of fs.readdirSync(path.join(source, 'benchmark', folder)).sort()) {
    const name = `${folder}/${file}`;
    if (!file.endsWith('.js') || !options.only.test(name)) continue;
    const settings = name in small ? small[name] : small[`${folder}/*`] ?? ['n=1000'];
    if (settings === null) continue;
    const full = path.join(source, 'benchmark', name);
    // Flags that the file would give the processes it starts itself.
    const flags = /\bflags: *\[([^\]]*)\]/.exec(fs.readFileSync(full, 'utf8'))?.[1]
      .match(/--[^'"]+/g) ?? [];
    for (const setting of settings)
      jobs.push({ name, label: `${name} ${setting}`, full, flags, args: setting.split(' '), rates: {} });
  }
}
if (options.list) {
  for (const job of jobs) console.log([...job.flags, job.label].join(' '));
  process.exit(0);
}
if (jobs.length === 0) fail('no benchmark file is left');

// ---------------------------------------------------------------------------

const variants = {
  stock: { program: node, before: () => [] },
  off: { program: options.engine, before: () => [] },
  on: { program: starter, before: (trace) => ['run', '--detail', 'events', '--trace', trace] },
};
let serial = 0;

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function run(job, variantName) {
  const variant = variants[variantName];
  const trace = path.join(work, `${++serial}.bistro`);
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, PORT: String(await freePort()),
                NODE_TEST_DIR: work, HOME: work };
  for (const name of ['NODE_OPTIONS', 'NODE_PATH', 'NODE_V8_COVERAGE', 'BISTRO_TRACE', 'NODE_BENCHMARK_FLAGS']) delete env[name];
  // The file runs its one combination in its own process, so that this process
  // is the one that is recorded; without the variable it would fork.
  env.NODE_RUN_BENCHMARK_FN = '';
  if (job.name === 'http/http_server_for_chunky_client.js') delete env.NODE_RUN_BENCHMARK_FN;
  const child = spawn(variant.program, [...variant.before(trace), ...job.flags, job.full, ...job.args],
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true, cwd: work });
  if (child.pid) alive.add(child.pid);
  let out = '', err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => { out += chunk; });
  child.stderr.setEncoding('utf8').on('data', (chunk) => { err += chunk; });
  const limit = setTimeout(() => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* ended */ } }, 60_000);
  const status = await new Promise((resolve) => {
    child.on('error', (error) => { err += error.message; resolve('no start'); });
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  clearTimeout(limit);
  if (child.pid) {
    try { process.kill(-child.pid, 'SIGKILL'); } catch { /* none left */ }
    alive.delete(child.pid);
  }
  const bytes = fs.existsSync(trace) ? fs.statSync(trace).size : 0;
  fs.rmSync(trace, { force: true });
  const rate = Number(/: ([\d,.e+]+)\s*$/.exec(out)?.[1].replaceAll(',', ''));
  if (status !== 0 || !(rate > 0)) return { error: `${status}: ${(err || out).trim().slice(0, 600)}` };
  return { rate, bytes };
}

const median = (values) => {
  const sorted = values.slice().sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const began = Date.now();
const elapsed = () => (Date.now() - began) / 1000;
const names = ['stock', ...options.modes];
let rounds = 0;
let roundTime = 0;
while (rounds < options.rounds && (rounds === 0 || elapsed() + roundTime < options.budget)) {
  const start = elapsed();
  for (const [index, job] of jobs.entries()) {
    const shift = rounds % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)]) {
      const result = await run(job, name);
      if (result.error) (job.errors ??= {})[name] ??= result.error;
      else (job.rates[name] ??= []).push(result.rate);
    }
    if (process.stderr.isTTY)
      process.stderr.write(`\r\x1b[Kround ${rounds + 1}: ${index + 1}/${jobs.length}, ${elapsed().toFixed(0)} s`);
  }
  roundTime = elapsed() - start;
  rounds++;
}
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');

console.log(`stock: ${node} ${process.version}; engine: ${options.engine}; ${rounds} rounds, ${elapsed().toFixed(0)} s`);
console.log('rates are operations (http: requests) a second under stock node; ratios are engine/stock, more is better\n');
const rows = [];
const ratios = Object.fromEntries(options.modes.map((mode) => [mode, []]));
let passed = 0, failed = 0, skipped = 0;
for (const job of jobs) {
  const cells = [job.label, job.rates.stock ? Math.round(median(job.rates.stock)).toLocaleString('en') : 'fails'];
  for (const mode of options.modes) {
    if (!job.rates[mode] || !job.rates.stock || job.errors?.[mode]) { cells.push(job.errors?.[mode] ? 'fails' : '-'); continue; }
    const count = Math.min(job.rates[mode].length, job.rates.stock.length);
    const ratio = median(Array.from({ length: count }, (_, i) => job.rates[mode][i] / job.rates.stock[i]));
    ratios[mode].push(ratio);
    cells.push(ratio.toFixed(2));
  }
  rows.push(cells);
  if (job.errors?.stock) skipped++;
  else if (job.errors) failed++;
  else passed++;
}
const header = ['benchmark', 'stock', ...options.modes.map((mode) => `${mode}/stock`)];
const widths = header.map((_, i) => Math.max(...[header, ...rows].map((row) => row[i].length)));
for (const row of [header, widths.map((w) => '-'.repeat(w)), ...rows])
  console.log(row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join('  '));
for (const mode of options.modes) {
  if (ratios[mode].length === 0) continue;
  const mean = Math.exp(ratios[mode].reduce((sum, x) => sum + Math.log(x), 0) / ratios[mode].length);
  console.log(`${mode}: geometric mean of the ratios ${mean.toFixed(3)}, median ${median(ratios[mode]).toFixed(3)}, ` +
    `least ${Math.min(...ratios[mode]).toFixed(3)}`);
}
for (const job of jobs)
  for (const [name, error] of Object.entries(job.errors ?? {})) console.log(`\nfails (${name}): ${job.label}\n  ${error.replaceAll('\n', '\n  ')}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
if (options.json) fs.writeFileSync(options.json, JSON.stringify(jobs, null, 1));
process.exitCode = failed > 0 ? 1 : 0;
