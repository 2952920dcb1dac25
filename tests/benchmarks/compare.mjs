#!/usr/bin/env node
// Measures an interpreter against stock node, all variants in turn within one
// run, and prints the medians of the ratios. See README.md.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const USAGE = `usage: compare.mjs --engine PATH [options]

  --engine PATH        the interpreter to measure; recorded, it is started by the
                       bistro program beside it
  --node PATH          stock node (default: the node that runs this script)
  --modes off,on       recording off, recording on (default: both)
  --pairs N            rounds (default 15)
  --scale X            multiplies the sizes of the programs (default 1)
  --only REGEX         only cases whose name matches
  --bistro PATH        the bistro program: counts the events of the traces
                       (lines of "bistro show TRACE --json")
  --json FILE          all single measurements too
  --check              exit code 1 when a target is missed
`;

const here = path.dirname(fileURLToPath(import.meta.url));
const program = (name) => path.join(here, 'programs', name);
const options = { modes: ['off', 'on'], pairs: 15, scale: 1, only: /./ };
for (const args = process.argv.slice(2); args.length > 0;) {
  const arg = args.shift();
  const value = () => args.length ? args.shift() : fail(`${arg} needs a value`);
  switch (arg) {
    case '--engine': options.engine = path.resolve(value()); break;
    case '--node': options.node = path.resolve(value()); break;
    case '--modes': options.modes = value().split(','); break;
    case '--pairs': options.pairs = Number(value()); break;
    case '--scale': options.scale = Number(value()); break;
    case '--only': options.only = new RegExp(value()); break;
    case '--bistro': options.bistro = path.resolve(value()); break;
    case '--json': options.json = value(); break;
    case '--check': options.check = true; break;
    case '--help': case '-h': process.stdout.write(USAGE); process.exit(0); break;
    default: fail(`unknown option ${arg}\n\n${USAGE}`);
  }
}
if (!options.engine) fail(`--engine is needed\n\n${USAGE}`);
const starter = path.join(path.dirname(path.resolve(options.engine)), 'bistro');
const node = options.node ?? process.execPath;

function fail(message) {
  process.stderr.write(`compare: ${message}\n`);
  process.exit(2);
}

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-compare-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

// ---------------------------------------------------------------------------
// Cases. 'kind' says what is measured: 'process' the wall time from start to
// end, 'inside' what the program measured itself, 'http' requests a second.
// A target is compared with the median ratio; 'most' for times, 'least' for
// throughput. 'yardstick' is a second program for stock node, to compare
// recording with.

const size = (n, unit = 1) => String(Math.max(unit, Math.round(n * options.scale / unit) * unit));
const cases = [
  { name: 'start-up, empty program', kind: 'process', file: 'empty.js', args: [], times: 3,
    targets: { off: { most: 1.25 }, on: { most: 1.25 } } },
  { name: 'await loop', kind: 'inside', file: 'await.js', args: [size(600000)], yardstick: 'await-hooks.js',
    targets: { off: { most: 1.05 }, yardstick: { most: 1 } } },
  { name: 'await of an async function', kind: 'inside', file: 'await-call.js', args: [size(300000)], yardstick: 'await-call-hooks.js',
    targets: { off: { most: 1.05 }, yardstick: { most: 1 } } },
  { name: '100,000 awaits', kind: 'inside', file: 'await.js', args: ['100000'], whole: true,
    targets: { on: { most: 10 } } },
  { name: 'timers, chains', kind: 'inside', file: 'timers-chain.js', args: [size(50)], targets: { off: { most: 1.05 } } },
  { name: 'timers, many', kind: 'inside', file: 'timers-many.js', args: [size(200000)], targets: { off: { most: 1.05 } } },
  { name: 'nextTick', kind: 'inside', file: 'next-tick.js', args: [size(500000, 2000)], targets: { off: { most: 1.05 } } },
  { name: 'setImmediate', kind: 'inside', file: 'immediate.js', args: [size(300000, 100)], targets: { off: { most: 1.05 } } },
  { name: 'http hello, world', kind: 'http', file: 'http-server.js', requests: Number(size(12000)),
    targets: { off: { least: 1 / 1.05 }, on: { least: 0.6 } } },
].filter((one) => options.only.test(one.name));
if (cases.length === 0) fail('no case is left');

const variants = {
  stock: { program: node, before: () => [] },
  off: { program: options.engine, before: () => [] },
  on: { program: starter, before: (trace) => ['run', '--detail', 'events', '--trace', trace], recorded: true },
  yardstick: { program: node, before: () => [] },
};

// ---------------------------------------------------------------------------
// One measurement

let serial = 0;
function environment() {
  const env = { ...process.env };
  for (const name of ['NODE_OPTIONS', 'NODE_PATH', 'NODE_V8_COVERAGE', 'BISTRO_TRACE']) delete env[name];
  return env;
}

function lastJson(text) {
  return JSON.parse(text.trim().split('\n').at(-1));
}

function measureProgram(one, variantName) {
  const variant = variants[variantName];
  const trace = path.join(work, `${++serial}.bistro`);
  const file = program(variantName === 'yardstick' ? one.yardstick : one.file);
  const env = environment();
  const begin = process.hrtime.bigint();
  const result = spawnSync(variant.program, [...variant.before(trace), file, ...one.args], { env, encoding: 'utf8', timeout: 120_000 });
  const whole = Number(process.hrtime.bigint() - begin) / 1e6;
  if (result.status !== 0 || result.stderr) {
    fail(`${one.name}, ${variantName}: ${variant.program} ended with ${result.status ?? result.signal}: ` +
      (result.error ?? result.stderr.slice(0, 2000)));
  }
  const measured = { whole, value: one.kind === 'process' ? whole : lastJson(result.stdout).ms };
  keepTrace(one, variant, trace, measured);
  return measured;
}

async function measureHttp(one, variantName) {
  const variant = variants[variantName];
  const trace = path.join(work, `${++serial}.bistro`);
  const server = spawn(variant.program, [...variant.before(trace), program(one.file)], {
    env: environment(), stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => {
    server.on('exit', (code, signal) => resolve(signal ?? code));
    server.on('error', (error) => fail(`${one.name}, ${variantName}: ${error.message}`));
  });
  const limit = setTimeout(() => server.kill('SIGKILL'), 60_000);
  const port = await new Promise((resolve, reject) => {
    let text = '';
    server.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(lastJson(text).port);
    });
    ended.then((status) => reject(new Error(`the server ended with ${status} before it listened`)));
  });
  const load = spawn(node, [path.join(here, 'load.mjs'), '--port', String(port), '--connections', '16',
    '--warm-up', String(Math.round(one.requests / 4)), '--requests', String(one.requests), '--seconds', '20'],
  { stdio: ['ignore', 'pipe', 'inherit'], env: environment() });
  let text = '';
  load.stdout.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
  await new Promise((resolve) => load.on('close', resolve));
  const result = lastJson(text);
  if (result.errors > 0 || result.requests < one.requests)
    fail(`${one.name}, ${variantName}: ${JSON.stringify(result)}`);
  const stop = spawn(node, [path.join(here, 'load.mjs'), '--port', String(port), '--path', '/stop',
    '--connections', '1', '--requests', '1', '--seconds', '5'], { stdio: 'ignore' });
  await new Promise((resolve) => stop.on('close', resolve));
  const status = await ended;
  clearTimeout(limit);
  if (status !== 0) fail(`${one.name}, ${variantName}: the server ended with ${status}`);
  const measured = { value: result.perSecond, whole: 0 };
  keepTrace(one, variant, trace, measured);
  return measured;
}

// The size of every trace is noted; the last one is kept for counting.
function keepTrace(one, variant, trace, measured) {
  if (!variant.recorded || !fs.existsSync(trace)) return;
  measured.traceBytes = fs.statSync(trace).size;
  if (one.trace) fs.rmSync(one.trace, { force: true });
  one.trace = trace;
}

// ---------------------------------------------------------------------------
// Rounds and figures

function quantile(values, q) {
  const sorted = values.slice().sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}
const median = (values) => quantile(values, 0.5);

for (const one of cases) {
  one.variants = ['stock', ...options.modes, ...(one.yardstick ? ['yardstick'] : [])];
  one.results = Object.fromEntries(one.variants.map((name) => [name, []]));
}

const began = Date.now();
// Round -1 warms the disk cache and is not counted.
for (let round = -1; round < options.pairs; round++) {
  for (const one of cases) {
    for (let time = 0; time < (round < 0 ? 1 : one.times ?? 1); time++) {
      // The order turns with each round, so that none is always the first.
      const shift = (Math.max(round, 0) + time) % one.variants.length;
      const order = [...one.variants.slice(shift), ...one.variants.slice(0, shift)];
      for (const name of order) {
        const measured = one.kind === 'http' ? await measureHttp(one, name) : measureProgram(one, name);
        if (round >= 0) one.results[name].push(measured);
      }
    }
  }
  if (process.stderr.isTTY)
    process.stderr.write(`\r\x1b[Kround ${round + 1} of ${options.pairs}, ${Math.round((Date.now() - began) / 1000)} s`);
}
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');

const rows = [];
let met = 0, missed = 0;
function addRow(one, label, over, under, key, unit, target) {
  const upper = one.results[over].map((m) => m[key]);
  const lower = one.results[under].map((m) => m[key]);
  const ratios = upper.map((value, i) => value / lower[i]);
  const ratio = median(ratios);
  let verdict = '';
  if (target) {
    const good = target.most !== undefined ? ratio <= target.most : ratio >= target.least;
    if (good) met++; else missed++;
    verdict = `${target.most !== undefined ? 'at most' : 'at least'} ` +
      `${(target.most ?? target.least).toFixed(2)}: ${good ? 'met' : 'MISSED'}`;
  }
  const digits = unit === 'req/s' ? 0 : 2;
  rows.push([one.name, label, `${median(lower).toFixed(digits)} ${unit}`, `${median(upper).toFixed(digits)} ${unit}`,
    ratio.toFixed(3), quantile(ratios, 0.25).toFixed(3), quantile(ratios, 0.75).toFixed(3), String(ratios.length), verdict]);
  one.ratios ??= {};
  one.ratios[label] = { ratio, q1: quantile(ratios, 0.25), q3: quantile(ratios, 0.75), target };
}
for (const one of cases) {
  const unit = one.kind === 'http' ? 'req/s' : 'ms';
  for (const mode of options.modes) {
    addRow(one, `${mode} / node`, mode, 'stock', 'value', unit, one.targets?.[mode]);
    if (one.whole) addRow(one, `${mode} / node, whole process`, mode, 'stock', 'whole', 'ms', null);
  }
  if (one.yardstick) {
    addRow(one, 'node with hooks / node', 'yardstick', 'stock', 'value', unit, null);
    if (options.modes.includes('on'))
      addRow(one, 'on / node with hooks', 'on', 'yardstick', 'value', unit, one.targets?.yardstick);
  }
}

function table(header, body) {
  const widths = header.map((_, i) => Math.max(...[header, ...body].map((row) => String(row[i]).length)));
  for (const row of [header, widths.map((w) => '-'.repeat(w)), ...body])
    console.log(row.map((cell, i) => i < 2 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i])).join('  ').trimEnd());
}

const cpu = os.cpus()[0]?.model ?? 'unknown processor';
console.log(`stock: ${node} ${process.version}; engine: ${options.engine}`);
console.log(`${cpu}, ${os.cpus().length} processors, ${options.pairs} pairs, ${Math.round((Date.now() - began) / 1000)} s, ` +
  `load averages: ${os.loadavg().map((x) => x.toFixed(1)).join(' ')}\n`);
table(['case', 'compared', 'base', 'measured', 'ratio', 'q1', 'q3', 'pairs', 'target'], rows);

// ---------------------------------------------------------------------------
// The traces

function countEvents(trace) {
  return new Promise((resolve) => {
    const show = spawn(options.bistro, ['show', trace, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let lines = 0;
    show.stdout.on('data', (chunk) => { for (let at = -1; (at = chunk.indexOf(10, at + 1)) >= 0;) lines++; });
    show.on('error', (error) => fail(`${options.bistro}: ${error.message}`));
    show.on('close', (code) => resolve(code === 0 ? lines : null));
  });
}

const traces = [];
for (const one of cases.filter((c) => c.trace)) {
  const bytes = fs.statSync(one.trace).size;
  const events = options.bistro ? await countEvents(one.trace) : null;
  const units = one.kind === 'http' ? one.requests * 1.25 : Number(one.args[0] ?? 0);
  let per = '';
  if (events && options.modes.includes('off')) {
    const on = median(one.results.on.map((m) => m.value));
    const off = median(one.results.off.map((m) => m.value));
    const extra = one.kind === 'http' ? (1e9 / on - 1e9 / off) * units : (on - off) * 1e6;
    per = (extra / events).toFixed(0);
  }
  traces.push([one.name, '', bytes.toLocaleString('en'), events?.toLocaleString('en') ?? '-',
    events ? (bytes / events).toFixed(1) : '-', per || '-', units ? (bytes / units).toFixed(0) : '-']);
  one.traceFigures = { bytes, events };
}
if (traces.length) {
  console.log('');
  table(['trace of', '', 'bytes', 'events', 'bytes/event', 'ns/event', 'bytes/operation'], traces);
} else if (options.modes.includes('on')) {
  console.log('\nNo trace was written: the engine did not record.');
}
console.log(`\ntargets: ${met} met, ${missed} missed`);
if (options.json) fs.writeFileSync(options.json, JSON.stringify(cases, null, 1));
process.exitCode = options.check && missed > 0 ? 1 : 0;
