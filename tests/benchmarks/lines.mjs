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

const USAGE = `usage: lines.mjs --bistro PATH speeds|races|waits|examples [--pairs N] [--undisturbed N] [--races N] [--only REGEX]

  --bistro PATH     the bistro program, with the engine beside it
  speeds            lines a second, bytes a line, hot loops, start-up
  races             twenty races between a job of the pool and the main script
  waits             how long programs that wait think that they took
  examples          ten of the window's examples, with lines against without
  --pairs N         rounds of each speed, wait and example (default 9)
  --undisturbed N   runs of each race under stock node (default 50); its order counts when it is always the same
  --races N         runs of each race with lines, and as many of the control (default 5)
  --only REGEX      only cases whose name matches
`;
const here = path.dirname(fileURLToPath(import.meta.url));
const options = { pairs: 9, undisturbed: 50, races: 5, only: /./ };
for (const args = process.argv.slice(2); args.length > 0;) {
  const arg = args.shift();
  if (arg === '--bistro') options.bistro = path.resolve(args.shift());
  else if (['--pairs', '--undisturbed', '--races'].includes(arg)) options[arg.slice(2)] = Number(args.shift());
  else if (arg === '--only') options.only = new RegExp(args.shift());
  else if (['speeds', 'races', 'waits', 'examples'].includes(arg)) options.what = arg;
  else { process.stderr.write(USAGE); process.exit(2); }
}
if (!options.bistro || !options.what) { process.stderr.write(USAGE); process.exit(2); }

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-lines-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));
const trace = path.join(work, 'run.trace');
const program = (name) => path.join(here, 'programs', name);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

// Wall and processor seconds of a run, with what it printed.
function run(detail, file, args = [], more = [], environment = {}) {
  const command = detail === 'node'
    ? [process.execPath, [file, ...args]]
    : [options.bistro, ['run', '--detail', detail, ...(detail === 'lines' ? more : []), '--trace', trace, file, ...args]];
  const start = process.hrtime.bigint();
  const done = spawnSync('/usr/bin/env', ['bash', '-c', 'time "$0" "$@"', command[0], ...command[1]],
    { env: { ...process.env, TIMEFORMAT: '%U %S', ...environment }, encoding: 'utf8', cwd: work });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  const [user, system] = done.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, processor: user + system, output: done.stdout };
}

function linesIn(file) {
  const counted = spawnSync('/usr/bin/env', ['bash', '-c', '"$0" show --json "$1" | grep -c \'"event":"line-reached"\'', options.bistro, file]);
  return Number(counted.stdout);
}

const everything = ['--visits', '100000000'];

function speeds() {
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
    console.log(`${name}: ${lines} lines, ${Math.round(lines / seconds)} a second of processor time more than events `
      + `(${median(times.events)} s events, ${median(times.lines)} s lines), ${(bytes / lines).toFixed(1)} bytes a line`);
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
}

// Sizes are such that without lines the order is clear: a job takes 70 ms, a short one 10, the rounds of lines hardly any
// time. And with lines and a clock that goes on the rounds take longer than the longest timer.
function races() {
  const race = program('lines/race.js');
  const free = { BISTRO_LINES_CLOCK: 'goes' };
  const long = 70;
  const short = 10;
  const wanted = 400;
  const measure = (detail, environment, ...args) =>
    median([0, 1, 2].map(() => Number(run(detail, race, args.map(String), everything, environment).output)));
  const probe = 1000;
  const each = (measure('lines', free, 'nothing', 'sha1', 0, 0, 3 * probe) - measure('lines', free, 'nothing', 'sha1', 0, 0, probe)) / (2 * probe);
  const rounds = Math.ceil(wanted / each / 10) * 10;
  console.log(`${rounds} rounds: ${measure('node', {}, 'nothing', 'sha1', 0, 0, rounds).toFixed(1)} ms under node, `
    + `${measure('lines', {}, 'nothing', 'sha1', 0, 0, rounds).toFixed(1)} ms with lines as the program sees it, `
    + `${measure('lines', free, 'nothing', 'sha1', 0, 0, rounds).toFixed(1)} ms with the clock not held`);
  let unclear = 0;
  const broken = [];
  const unmoved = [];
  let count = 0;
  for (const [job, first] of [['sha512', 20_000], ['sha1', 20_000], ['scrypt', 20], ['gzip', 4_000_000]]) {
    let size = first;
    for (let i = 0; i < 3; i++) size = Math.max(1, Math.round(size * long / measure('node', {}, 'job', job, size)));
    for (const shape of ['timer', 'timers', 'second', 'file', 'awaits']) {
      const name = `${shape} ${job}`;
      if (!options.only.test(name)) continue;
      ++count;
      const args = [shape, job, size, Math.max(1, Math.round(size * short / long)), rounds].map(String);
      const orders = (runs, detail, environment) => {
        const counts = new Map();
        for (let i = 0; i < runs; i++) {
          const order = run(detail, race, args, everything, environment).output.trim().split('\n').join(' ');
          counts.set(order, (counts.get(order) ?? 0) + 1);
        }
        return counts;
      };
      const node = orders(options.undisturbed, 'node', {});
      const held = orders(options.races, 'lines', {});
      const control = orders(options.races, 'lines', free);
      const [order] = node.keys();
      if (node.size > 1) ++unclear;
      else if (held.size > 1 || !held.has(order)) broken.push(name);
      if (node.size === 1 && control.size === 1 && control.has(order)) unmoved.push(name);
      const told = Object.entries({ node, held, 'not held': control })
        .map(([kind, of]) => `${kind} ${[...of].map(([text, n]) => `${n}x ${text}`).join(', ')}`);
      console.log(`${name} (size ${size}): ${told.join('; ')}`);
    }
  }
  console.log(`${count} races: the order is not clear without lines in ${unclear}, another with lines in ${broken.length}`
    + `${broken.length > 0 ? ` (${broken.join(', ')})` : ''}, the same with the clock not held in ${unmoved.length}`
    + `${unmoved.length > 0 ? ` (${unmoved.join(', ')})` : ''}`);
  process.exitCode = broken.length + unclear > 0 ? 1 : 0;
}

// Undisturbed are those within ten percent or five milliseconds of stock node, by each of the three clocks.
function waits() {
  const wait = program('lines/wait.js');
  const clocks = ['performance', 'Date', 'hrtime'];
  const far = [];
  const shapes = run('node', wait).output.trim().split('\n').filter((name) => options.only.test(name));
  for (const shape of shapes) {
    const told = { node: [], events: [], lines: [] };
    for (let i = 0; i < options.pairs; i++) {
      for (const detail of Object.keys(told)) told[detail].push(run(detail, wait, [shape], everything).output.trim().split(' ').map(Number));
    }
    const middle = (detail) => clocks.map((_, clock) => median(told[detail].map((times) => times[clock])));
    const [node, events, lines] = ['node', 'events', 'lines'].map(middle);
    const isFar = clocks.some((_, i) => !(Math.abs(lines[i] - node[i]) <= Math.max(5, node[i] / 10)));
    if (isFar) far.push(shape);
    console.log(`${shape}: ${node[0]} ms under node, ${events[0]} with events, ${lines[0]} with lines`
      + ` (${clocks.map((name, i) => `${name} ${(lines[i] - node[i]).toFixed(1)}`).join(', ')} ms more)${isFar ? ', TOO FAR' : ''}`);
  }
  console.log(`${shapes.length} programs that wait: ${far.length} took longer or shorter than under node`
    + `${far.length > 0 ? ` (${far.join(', ')})` : ''}`);
  process.exitCode = far.length > 0 ? 1 : 0;
}

// Those of a course that end by themselves, and soon.
const shown = ['01-hello/hello.js', '02-a-stack-of-plates/plates.js', '04-four-cooks/lesson.js',
  '05-after-every-callback/notes.js', '06-ticks-before-promises/order.js', '09-immediates-take-turns/turns.js',
  '13-then-waits/then.js', '16-emit-is-a-call/emit.js', '19-a-call-needs-no-cook/socket.js',
  '22-a-stream-by-pieces/stream.js'];

function examples() {
  const all = { processor: [], wall: [] };
  for (const name of shown.filter((each) => options.only.test(each))) {
    const file = path.join(here, '../../resources/examples', name);
    const ratios = { processor: [], wall: [] };
    for (let i = 0; i < options.pairs; i++) {
      const events = run('events', file);
      const lines = run('lines', file);
      for (const kind of Object.keys(ratios)) ratios[kind].push(lines[kind] / events[kind]);
    }
    for (const kind of Object.keys(ratios)) all[kind].push(median(ratios[kind]));
    console.log(`${name}: ${linesIn(trace)} lines, ${median(ratios.processor).toFixed(2)} of the processor time without, `
      + `${median(ratios.wall).toFixed(2)} of the time`);
  }
  console.log(`${all.wall.length} examples: ${median(all.processor).toFixed(2)} of the processor time without lines, `
    + `${median(all.wall).toFixed(2)} of the time`);
}

({ speeds, races, waits, examples })[options.what]();
