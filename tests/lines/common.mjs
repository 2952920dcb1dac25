// What the tools beside this share: options, programs (named, or generated), and going through them.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './generate.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

// { options, programs, work }: `work` is a folder that goes with this process.
export function readArguments(tool, more = {}) {
  const options = {
    bistro: path.resolve(here, '../../build/release/bin/bistro'),
    jobs: '2',
    most: '5', // differences that are told of a program
    generated: '0', // how many programs from seeds
    first: '1', // the first of their seeds
    ...more,
  };
  const programs = [];
  const args = process.argv.slice(2);
  while (args.length > 0) {
    const arg = args.shift();
    if (arg.startsWith('--') && Object.hasOwn(options, arg.slice(2)) && args.length > 0) options[arg.slice(2)] = args.shift();
    else if (!arg.startsWith('--')) programs.push(path.resolve(arg));
    else {
      const known = Object.keys(options).map((name) => `--${name}`).join(', ');
      console.error(`${tool}: "${arg}" is no option with a value (${known}). See tests/lines/README.md.`);
      process.exit(2);
    }
  }
  options.bistro = path.resolve(options.bistro); // programs run in folders of their own
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-lines-'));
  process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));
  programs.push(...generate(path.join(work, 'programs'), Number(options.first), Number(options.generated)));
  if (programs.length === 0) {
    console.error(`${tool}: which programs?`);
    process.exit(2);
  }
  return { options, programs, work };
}

// The environment of a program that runs by itself: a test's own, or this machine's, says nothing to it.
export function environment(more = {}) {
  const own = { ...process.env, ...more };
  for (const name of ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'NODE_V8_COVERAGE', 'FORCE_COLOR', 'NO_COLOR']) delete own[name];
  return own;
}

// What a command prints, and how it ends. Each line of stdout goes to `onLine`, if there is one, and is not kept.
export async function run(command, words, { cwd, env, onLine } = {}) {
  const child = spawn(command, words, { cwd, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  let rest = '';
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (data) => {
      if (name === 'stderr' || !onLine) printed[name] += data;
      else {
        const lines = (rest + data).split('\n');
        rest = lines.pop();
        lines.forEach(onLine);
      }
    });
  }
  const [code, signal] = await new Promise((over, none) => child.once('error', none).once('close', (...end) => over(end)));
  return { ...printed, code: signal ?? code };
}

// Calls with each program, some at once; says what differs in which. `check` gives the texts of the differences.
export async function goThrough(programs, options, check) {
  let bad = 0;
  const queue = [...programs];
  async function next() {
    for (let program; (program = queue.shift()); ) {
      const lines = await check(program).catch((error) => [error.message]);
      if (lines.length === 0) continue;
      ++bad;
      console.log(path.relative(process.cwd(), program));
      for (const line of lines.slice(0, Number(options.most))) console.log(`  ${line}`);
      if (lines.length > options.most) console.log(`  and ${lines.length - options.most} more`);
    }
  }
  await Promise.all(Array.from({ length: Number(options.jobs) }, next));
  process.exitCode = bad === 0 ? 0 : 1;
  return bad === 0 ? 'all the same' : `${bad} programs differ`;
}
