// Holds what is said of neighboring lines against stock node on a machine that is slow at random: what is called fixed
// must never turn, what is called a race is to be seen both ways. See README.md.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const options = { build: path.join(root, 'build/release'), node: process.execPath, runs: '50' };
const programs = [];
const args = process.argv.slice(2);
while (args.length > 0) {
  const arg = args.shift();
  if (arg.startsWith('--') && Object.hasOwn(options, arg.slice(2)) && args.length > 0) options[arg.slice(2)] = args.shift();
  else programs.push(path.resolve(arg));
}
options.build = path.resolve(options.build);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-jitter-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));
const trace = path.join(work, 'run.bistro');
const limit = 20_000; // milliseconds of one run

// Each line's first place; a line that is printed more than once has no place that can be compared.
function placesOf(lines) {
  const places = new Map();
  lines.forEach((line, at) => places.set(line, places.has(line) ? null : at));
  return places;
}
const linesOf = (text) => text.split('\n').map((line) => line.replace(/\d+(\.\d+)? ?(ms|µs|s)\b/g, '# ms').replace(/:\d{4,5}\b/g, ':#'));

function slowRun(program, seed) {
  const printed = path.join(work, 'printed');
  const out = fs.openSync(printed, 'w');
  const run = spawnSync(options.node, [program], {
    cwd: path.dirname(program), stdio: ['ignore', out, out], timeout: limit, killSignal: 'SIGKILL',
    env: { ...process.env, LD_PRELOAD: path.join(options.build, 'tests/law/jitter.so'), BISTRO_JITTER: String(seed) },
  });
  fs.closeSync(out);
  return run.error ? null : linesOf(fs.readFileSync(printed, 'utf8'));
}

const sums = { pairs: 0, fixed: 0, races: 0, turned: 0, bothWays: 0, neverTurned: 0, uncompared: 0, unanswered: 0 };
for (const program of programs) {
  const recorded = spawnSync(path.join(options.build, 'bin/bistro'), ['run', '--detail', 'events', '--trace', trace, program], {
    cwd: path.dirname(program), stdio: 'ignore', timeout: limit, killSignal: 'SIGKILL',
  });
  if (recorded.error) {
    console.log(`${path.relative(root, program)}: does not end`);
    continue;
  }
  const answers = execFileSync(path.join(options.build, 'bin/neighbors'), [trace], { maxBuffer: 1 << 28 }).toString()
    .split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const pairs = answers.map((answer) => ({ answer, first: linesOf(answer.first)[0], second: linesOf(answer.second)[0], same: 0, turned: 0 }));
  if (pairs.length === 0) continue;
  const recordedPlaces = placesOf([...pairs.map((pair) => pair.first), pairs.at(-1).second]);
  for (let seed = 1; seed <= Number(options.runs); ++seed) {
    const lines = slowRun(program, seed);
    if (!lines) break;
    const places = placesOf(lines);
    for (const pair of pairs) {
      const [first, second] = [places.get(pair.first), places.get(pair.second)];
      if (recordedPlaces.get(pair.first) == null || recordedPlaces.get(pair.second) == null || first == null || second == null) continue;
      if (first < second) ++pair.same;
      else ++pair.turned;
    }
  }
  for (const pair of pairs) {
    ++sums.pairs;
    const tell = (what) => console.log(`${path.relative(root, program)}: ${what} (${pair.turned} of ${pair.same + pair.turned}): “${pair.first}” before “${pair.second}”\n    ${pair.answer.rule}: ${pair.answer.reasons.at(-1)?.sentence}`);
    if (!pair.answer.headline) ++sums.unanswered;
    if (pair.same + pair.turned === 0) {
      ++sums.uncompared;
    } else if (pair.answer.race) {
      ++sums.races;
      if (pair.turned > 0 && pair.same > 0) ++sums.bothWays;
      else {
        ++sums.neverTurned;
        tell('a race, seen one way');
      }
    } else {
      ++sums.fixed;
      if (pair.turned > 0) {
        ++sums.turned;
        tell('called fixed, and TURNED');
      }
    }
  }
}
console.log(`${programs.length} programs, ${sums.pairs} pairs, ${sums.unanswered} without an answer, ${sums.uncompared} not compared; `
  + `${sums.fixed} fixed, of which ${sums.turned} turned; ${sums.races} races, ${sums.bothWays} seen both ways, ${sums.neverTurned} one way only`);
process.exitCode = sums.turned > 0 || sums.fixed + sums.races === 0 ? 1 : 0;
