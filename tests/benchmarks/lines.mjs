#!/usr/bin/env node
// Measures what lines cost, all variants in turn within one run, against stock node: lines a second, bytes a line, hot
// loops, start-up; and whether jobs of the pool keep their order, with the program's clock held and (the control) not.
// See README.md.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const USAGE = `usage: lines.mjs --bistro PATH [--pairs N] [--races N] [--only REGEX]

  --bistro PATH   the bistro program, with the engine beside it
  --pairs N       rounds (default 9)
  --races N       runs of each race (default 10)
  --only REGEX    only cases whose name matches
`;
const here = path.dirname(fileURLToPath(import.meta.url));
const options = { pairs: 9, races: 10, only: /./ };
for (const args = process.argv.slice(2); args.length > 0;) {
  const arg = args.shift();
  if (arg === '--bistro') options.bistro = path.resolve(args.shift());
  else if (arg === '--pairs') options.pairs = Number(args.shift());
  else if (arg === '--races') options.races = Number(args.shift());
  else if (arg === '--only') options.only = new RegExp(args.shift());
  else { process.stderr.write(USAGE); process.exit(2); }
}
if (!options.bistro) { process.stderr.write(USAGE); process.exit(2); }

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-lines-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));
const trace = path.join(work, 'run.trace');
const program = (name) => path.join(here, 'programs', name);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

// Wall and processor seconds of a run, with what it printed.
function run(detail, file, args = [], environment = {}) {
  const command = detail === 'node'
    ? [process.execPath, [file, ...args]]
    : [options.bistro, ['run', '--detail', detail, '--trace', trace, file, ...args]];
  const start = process.hrtime.bigint();
  const done = spawnSync('/usr/bin/env', ['bash', '-c', 'time "$0" "$@"', command[0], ...command[1]],
    { env: { ...process.env, TIMEFORMAT: '%U %S', ...environment }, encoding: 'utf8', cwd: work });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  const [user, system] = done.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, processor: user + system, output: done.stdout };
}

function linesIn(file) {
  const shown = spawnSync(options.bistro, ['show', '--json', file], { encoding: 'utf8', maxBuffer: 1 << 30 });
  return shown.stdout.split('\n').filter((line) => line.includes('"event":"line-reached"')).length;
}

const everything = { BISTRO_LINES_VISITS: '100000000' };
for (const name of ['loops', 'recursion', 'awaits', 'objects', 'long']) {
  if (!options.only.test(name)) continue;
  const file = program(`lines/${name}.js`);
  const times = { lines: [], events: [] };
  let bytes = 0;
  for (let i = 0; i < options.pairs; i++) {
    times.events.push(run('events', file).processor);
    const without = fs.statSync(trace).size;
    times.lines.push(run('lines', file, [], everything).processor);
    bytes = fs.statSync(trace).size - without;
  }
  const lines = linesIn(trace);
  const seconds = median(times.lines) - median(times.events);
  console.log(`${name}: ${lines} lines, ${Math.round(lines / seconds)} a second of processor time more than events, `
    + `${(bytes / lines).toFixed(1)} bytes a line`);
}
for (const [name, file] of [['hot loops', 'lines/hot.js'], ['start-up', 'empty.js']]) {
  if (!options.only.test(name)) continue;
  const ratios = { events: [], lines: [] };
  for (let i = 0; i < options.pairs; i++) {
    const node = run('node', program(file)).processor;
    for (const detail of ['events', 'lines']) ratios[detail].push(run(detail, program(file)).processor / node);
  }
  console.log(`${name}: events ${median(ratios.events).toFixed(2)}, lines ${median(ratios.lines).toFixed(2)} `
    + 'of stock node\'s processor time');
}
if (options.only.test('races')) {
  // The sizes are such that the order is clear without lines: the job takes three times as long as the timer, or a third.
  for (const [iterations, milliseconds, rounds] of [[300_000, 40, 600], [400_000, 60, 900], [2_000, 400, 900]]) {
    const args = [iterations, milliseconds, rounds].map(String);
    const orders = { node: new Map(), held: new Map(), 'not held': new Map() };
    const count = (kind, output) => {
      const order = output.trim().split('\n').join(' ');
      orders[kind].set(order, (orders[kind].get(order) ?? 0) + 1);
    };
    for (let i = 0; i < options.races; i++) {
      count('node', run('node', program('lines/race.js'), args).output);
      count('held', run('lines', program('lines/race.js'), args, everything).output);
      count('not held', run('lines', program('lines/race.js'), args, { ...everything, BISTRO_LINES_CLOCK: 'goes' }).output);
    }
    const told = Object.entries(orders).map(([kind, of]) => `${kind} ${[...of].map(([order, n]) => `${n}x ${order}`).join(', ')}`);
    console.log(`race ${args.join(' ')}: ${told.join('; ')}`);
  }
}
