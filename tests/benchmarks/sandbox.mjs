#!/usr/bin/env node
// Measures what the sandbox adds to a run: start-up and http, each program in turn without walls and within them, and
// prints medians and quartiles of the ratios. See README.md.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const USAGE = `usage: sandbox.mjs --bistro PATH [--pairs N] [--requests N]

  --bistro PATH   the bistro program, with engine and warden beside it
  --pairs N       rounds (default 15)
  --requests N    of each round of http (default 10000)
`;
const here = path.dirname(fileURLToPath(import.meta.url));
const options = { pairs: 15, requests: 10_000 };
for (const args = process.argv.slice(2); args.length > 0;) {
  const arg = args.shift();
  if (arg === '--bistro') options.bistro = path.resolve(args.shift());
  else if (arg === '--pairs' || arg === '--requests') options[arg.slice(2)] = Number(args.shift());
  else { process.stderr.write(USAGE); process.exit(2); }
}
if (!options.bistro) { process.stderr.write(USAGE); process.exit(2); }

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-sandbox-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));
const started = (walls, name) => ['run', ...(walls ? [] : ['--unconfined']), '--trace', path.join(work, 'run.trace'),
  path.join(here, 'programs', name)];

// Milliseconds, by the wall's clock: the warden works beside the program.
function startUp(walls) {
  const began = process.hrtime.bigint();
  const { status } = spawnSync(options.bistro, started(walls, 'empty.js'), { stdio: 'ignore' });
  if (status !== 0) throw new Error(`the empty program ended with ${status}`);
  return Number(process.hrtime.bigint() - began) / 1e6;
}

function load(port, ...more) {
  const child = spawn(process.execPath, [path.join(here, 'load.mjs'), '--port', port, ...more],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data) => { text += data; });
  return new Promise((resolve) => child.on('close', () => resolve(text)));
}

// Milliseconds a request.
async function http(walls) {
  const server = spawn(options.bistro, started(walls, 'http-server.js'), { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.on('close', resolve));
  const port = await new Promise((resolve) => server.stdout.once('data', (data) => resolve(JSON.parse(data).port)));
  const told = JSON.parse(await load(port, '--warm-up', options.requests / 4, '--requests', options.requests, '--seconds', 20));
  await load(port, '--path', '/stop', '--connections', 1, '--requests', 1);
  if (await ended !== 0 || told.errors > 0 || told.requests < options.requests) throw new Error(JSON.stringify(told));
  return 1000 / told.perSecond;
}

const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.round((values.length - 1) * q)];
for (const [name, measure] of Object.entries({ 'start-up': startUp, http })) {
  const without = [], within = [];
  await measure(false);
  await measure(true);
  for (let i = 0; i < options.pairs; ++i) {
    for (const walls of i % 2 === 0 ? [false, true] : [true, false])
      (walls ? within : without).push(await measure(walls));
  }
  const ratios = within.map((value, i) => value / without[i]);
  console.log(`${name}: ${quantile(ratios, 0.5).toFixed(3)} (quartiles ${quantile(ratios, 0.25).toFixed(3)} to `
    + `${quantile(ratios, 0.75).toFixed(3)}); without walls ${quantile(without, 0.5).toFixed(2)} ms, within `
    + `${quantile(within, 0.5).toFixed(2)} ms, medians of ${options.pairs}`);
}
