// Holds what programs print, and how they end, with lines recorded against the same under stock node. See README.md.
import path from 'node:path';
import { goThrough, readArguments, run } from './common.mjs';

const { options, programs, work } = readArguments('bytes.mjs', { detail: 'lines' });
let bytes = 0;

const end = await goThrough(programs, options, async (program) => {
  const cwd = path.dirname(program);
  const trace = path.join(work, `${path.basename(program)}.trace`);
  const [theirs, ours] = [await run(process.execPath, [program], { cwd }),
    await run(options.bistro, ['run', '--detail', options.detail, '--trace', trace, program], { cwd })];
  bytes += theirs.stdout.length + theirs.stderr.length;
  const show = (value) => (typeof value === 'string' ? JSON.stringify(value.slice(-200)) : value);
  return ['stdout', 'stderr', 'code'].filter((name) => theirs[name] !== ours[name])
    .map((name) => `${name}: node ${show(theirs[name])}, with ${options.detail} ${show(ours[name])}`);
});
console.log(`${programs.length} programs, ${bytes} letters printed: ${end}`);
