// Holds recorded runs to the law, and says in one line how many starts were predicted. See README.md.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const options = {
  engine: path.join(root, 'build/release/bin/bistro-engine'),
  bistro: path.join(root, 'build/release/bin/bistro'),
  source: path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'bistro/conformance/source'),
  seeds: '500',
  first: '1',
  jobs: '2',
  filter: '',
};
const corpora = [];
let finds = false; // what is found in each run, instead of the law
const args = process.argv.slice(2);
while (args.length > 0) {
  const arg = args.shift();
  if (arg.startsWith('--') && Object.hasOwn(options, arg.slice(2)) && args.length > 0) options[arg.slice(2)] = args.shift();
  else if (arg === 'findings') finds = true;
  else if (['programs', 'generated', 'settled', 'node'].includes(arg)) corpora.push(arg);
  else {
    console.error(`over.mjs: "${arg}" is neither "findings" nor a corpus (programs, generated, settled, node) nor an option with a value. See tests/law/README.md.`);
    process.exit(2);
  }
}
if (corpora.length === 0) corpora.push('programs', 'generated', 'settled', 'node');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'bistro-law-'));
process.on('exit', () => fs.rmSync(work, { recursive: true, force: true }));

function filesBelow(folder, wanted) {
  return fs.readdirSync(folder, { recursive: true }).filter((name) => wanted.test(name)).sort().map((name) => path.join(folder, name));
}

// The lines "// word: value" that a program of tests/programs begins with.
function directivesOf(file) {
  const words = {};
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (!/^(\/\/|#!)/.test(line)) break;
    const found = /^\/\/\s*([a-z]+):\s*(.*)$/.exec(line);
    if (found) words[found[1]] = found[2];
  }
  return words;
}
const wordsOf = (text) => (text ?? '').split(/\s+/).filter(Boolean);

function* jobsOf(corpus) {
  if (corpus === 'programs') {
    for (const file of filesBelow(path.join(root, 'tests/programs'), /^(?!.*fixtures\/).*\.(js|mjs|cjs|ts)$/)) {
      const words = directivesOf(file);
      const input = file.replace(/\.[a-z]+$/, '.stdin');
      yield {
        name: path.relative(root, file), arguments: [...wordsOf(words.flags), file, ...wordsOf(words.args)], cwd: path.dirname(file),
        env: Object.fromEntries(wordsOf(words.env).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
        input: fs.existsSync(input) ? input : '/dev/null',
      };
    }
  } else if (corpus === 'node') {
    if (!fs.existsSync(options.source)) throw new Error(`Node's tests are not in ${options.source}. Get them with tests/conformance/fetch, or name their folder with --source.`);
    const subjects = /^test-(timers?|next-?tick|process-next-tick|microtask|queue-microtask|promise|immediate|set-?immediate|settimeout|setinterval|clear)[^/]*\.m?js$/;
    for (const suite of ['parallel', 'sequential'])
      for (const file of filesBelow(path.join(options.source, 'test', suite), subjects)) {
        const flags = wordsOf(/^\/\/ Flags: (.*)$/m.exec(fs.readFileSync(file, 'utf8'))?.[1]);
        if (!flags.some((flag) => /expose.internals|natives-syntax/.test(flag))) // as tests/conformance does
          yield { name: `${suite}/${path.basename(file)}`, arguments: [...flags, file], cwd: options.source };
      }
  } else {
    for (let seed = Number(options.first); seed < Number(options.first) + Number(options.seeds); ++seed) {
      const file = path.join(work, `${corpus}-${seed}.mjs`);
      fs.writeFileSync(file, execFileSync(process.execPath, [path.join(here, 'generate.mjs'), String(seed), corpus]));
      yield { name: `${corpus} ${seed}`, arguments: [file], cwd: work, compare: corpus === 'settled', done: () => fs.rmSync(file) };
    }
  }
}

// What it printed, with which code it ended; null when it did not end within a minute.
function run(program, job, env) {
  return new Promise((resolve) => {
    const input = fs.openSync(job.input ?? '/dev/null', 'r');
    const child = spawn(program, job.arguments, { cwd: job.cwd, env: { ...process.env, ...job.env, ...env }, stdio: [input, 'pipe', 'pipe'] });
    fs.closeSync(input);
    const out = [];
    let late = false;
    const timer = setTimeout(() => { late = true; child.kill('SIGKILL'); }, 60_000);
    child.stdout.on('data', (data) => out.push(data));
    child.stderr.on('data', () => {});
    child.on('error', (error) => { console.error(`over.mjs: ${program} cannot be started: ${error.message}`); process.exit(2); });
    child.on('close', (code, signal) => { clearTimeout(timer); resolve(late ? null : { printed: Buffer.concat(out).toString(), end: signal ?? code }); });
  });
}

let broken = 0;
let serial = 0;
async function tell(job, sum) {
  const trace = path.join(work, `${++serial}.bistro`);
  const recorded = await run(options.bistro, { ...job, arguments: ['run', '--detail', 'events', '--trace', trace, ...job.arguments] }, {});
  const found = recorded && await run(options.bistro, { arguments: ['findings', '--json', '--runtime', trace] }, {});
  fs.rmSync(trace, { force: true });
  job.done?.();
  ++sum.runs;
  if (!found || found.end !== 0) {
    ++sum.failed;
    ++broken;
    console.log(`${job.name}: ${recorded ? 'left no trace that can be read' : 'did not end within a minute'}`);
    return;
  }
  for (const line of found.printed.split('\n').filter(Boolean)) {
    const finding = JSON.parse(line);
    sum.found[finding.finding] = (sum.found[finding.finding] ?? 0) + 1;
    console.log(`${job.name}: ${finding.finding}: ${finding.what} [${finding.place}] ${finding.waits}`.trimEnd());
  }
}

async function hold(job, sum) {
  const trace = path.join(work, `${++serial}.bistro`);
  const recorded = await run(options.bistro, { ...job, arguments: ['run', '--detail', 'events', '--trace', trace, ...job.arguments] }, {});
  const told = recorded && await run(options.bistro, { arguments: ['check', '--json', trace] }, {});
  fs.rmSync(trace, { force: true });
  const report = told && told.printed ? JSON.parse(told.printed) : null;
  ++sum.runs;
  let fault = '';
  if (!recorded) fault = 'did not end within a minute';
  else if (!report) fault = 'left no trace that can be read';
  else {
    for (const kind of Object.values(report.starts)) {
      sum.starts += kind.started;
      sum.predicted += kind.predicted;
    }
    if (report.violations.length > 0) fault = report.violations.map((violation) => `${violation.event}: ${violation.breach}`).join('; ');
  }
  if (!fault && job.compare) {
    ++sum.compared;
    const stock = await run(process.execPath, job, {});
    if (!stock || stock.printed !== recorded.printed || stock.end !== recorded.end) fault = 'prints something else, or ends otherwise, than under node';
  }
  job.done?.();
  if (!fault) return;
  ++sum.failed;
  ++broken;
  console.log(`${job.name}: ${fault}`);
}

const figures = [];
for (const corpus of corpora) {
  const sum = { runs: 0, failed: 0, starts: 0, predicted: 0, compared: 0, found: {} };
  const jobs = jobsOf(corpus);
  const filter = new RegExp(options.filter);
  await Promise.all(Array.from({ length: Number(options.jobs) }, async () => {
    for (const job of jobs) if (filter.test(job.name)) await (finds ? tell : hold)(job, sum);
  }));
  if (finds) figures.push(`${corpus}: ${sum.runs} runs, ${Object.entries(sum.found).sort().map(([kind, times]) => `${times} ${kind}`).join(', ') || 'nothing found'}`);
  else figures.push(`${corpus}: ${sum.runs - sum.failed} of ${sum.runs} runs, ${sum.predicted} of ${sum.starts} starts predicted${sum.compared ? `, ${sum.compared} compared with node` : ''}`);
}
console.log(figures.join('; '));
process.exitCode = broken > 0 ? 1 : 0;
