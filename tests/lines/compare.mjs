// Holds the lines that the engine records against those that stock node's own inspector stops at. See README.md.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { goThrough, readArguments, run } from './common.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { options, programs, work } = readArguments('compare.mjs');

// Both give stops: { place, function, event, locals: Map of name → text (null: an object), returned }.

async function witnessed(program) {
  const stops = [];
  const flags = ['--experimental-websocket', '--no-warnings'];
  const { stderr, code } = await run(process.execPath, [...flags, path.join(here, 'witness.mjs'), program], {
    onLine(text) {
      const { file, line, column, locals, ...rest } = JSON.parse(text);
      stops.push({ place: `${file}:${line}:${column}`, ...rest, locals: new Map(Object.entries(locals)) });
    },
  });
  if (code !== 0) throw new Error(`the witness failed:\n${stderr}`);
  return { stops, output: stderr };
}

const isOwn = (level) => level < 100;

async function recorded(program) {
  const trace = path.join(work, `${path.basename(program)}.${process.hrtime.bigint()}.trace`);
  const folder = path.dirname(program);
  const { stdout } = await run(options.bistro, ['run', '--detail', 'lines', '--visits', '1000000', '--trace', trace, program], {
    cwd: folder,
  });
  const stops = [];
  const calls = new Map(); // of each, what was told last, by level and name
  let call;
  let stop;
  let ended = '';
  const isFilled = () => {
    if (!stop?.visible) return;
    for (const each of stop.visible.split('\n').filter(Boolean)) {
      const [, level, name] = /^\S+ (\d+) (.*)$/s.exec(each);
      if (!isOwn(Number(level))) continue;
      let unique = name;
      while (stop.locals.has(unique)) unique += "'";
      stop.locals.set(unique, calls.get(call)?.get(`${level} ${name}`));
    }
    delete stop.visible;
  };
  await run(options.bistro, ['show', '--json', trace], {
    onLine(line) {
      const event = JSON.parse(line);
      switch (event.event) {
        case 'line-reached': {
          isFilled();
          call = event.call;
          if (!calls.has(call)) calls.set(call, new Map());
          const [{ script, line, column, function: name }] = event.stack;
          const file = path.relative(folder, script.startsWith('file:') ? fileURLToPath(script) : script);
          stop = { place: `${file}:${line}:${column}`, function: name, event: event.point, visible: event.visible ?? '', locals: new Map() };
          stops.push(stop);
          const told = event.changed && event.visible.split('\n').find((each) => each.replace(/^\S+ \d+ /, '') === event.changed);
          if (told && isOwn(Number(told.split(' ')[1]))) calls.get(call).set(told.replace(/^\S+ /, ''), event.value ?? '');
          break;
        }
        case 'variable-set':
          if (isOwn(event.level)) calls.get(call).set(`${event.level} ${event.name}`, event.object ? null : event.value ?? '');
          break;
        case 'call-left':
          isFilled();
          if (stop?.event === 'return' && event.call === call) stop.returned = event.object ? null : event.value;
          break;
        case 'lines-skipped':
        case 'lines-ended':
          ended = event.event;
      }
    },
  });
  isFilled();
  fs.rmSync(trace, { force: true });
  if (ended) throw new Error(`not all was recorded: ${ended}`);
  return { stops, output: stdout };
}

// What has not been set yet is undefined to the inspector; or, in a loop's next round, what it was in the one before.
const isSame = (theirs, ours) => theirs === ours || (theirs === 'undefined' && ours === '');
function isDeclaredBehind(name, { place }, folder) {
  const [, file, line] = /^(.*):(\d+):\d+$/.exec(place);
  const lines = fs.readFileSync(path.resolve(folder, file), 'utf8').split('\n').slice(Number(line) - 1);
  // The second of one name in a stop is marked; in a list or a pattern others are declared, with values, before it.
  const word = name.replace(/'+$/, '').replaceAll('$', '\\$');
  return new RegExp(`\\b(let|const|class|function)\\b[^;]*?(?<=[\\s{[(,.*])${word}(?=\\s*(?:[=,;\\]})({]|of\\b|in\\b|extends\\b|$))(?!\\s*(?:==|=>))`).test(lines.join('\n'));
}
const isHidden = (name) => /^(this|arguments)$|^\./.test(name);
const modules = new Set(['exports', 'require', 'module', '__filename', '__dirname']);
const show = (value) => (value === null ? 'an object' : value === undefined ? 'nothing' : value === '' ? 'not set' : value);
const showStop = (stop) => (stop ? `${stop.place} ${stop.event}${stop.function ? ` in ${stop.function}` : ''}` : 'nothing');

// "// not recorded: a, b" at a program's begin names what README.md explains.
function unrecordedIn(program) {
  const [, names = ''] = /^\/\/ not recorded: (.*)/.exec(fs.readFileSync(program, 'utf8')) ?? [];
  return new Set(names.split(/,\s*/));
}

function differences({ stops: theirs, output: printed }, { stops: ours, output }, unrecorded, folder) {
  const found = new Map(); // the first of its kind
  const tell = (kind, text) => found.get(kind) ?? found.set(kind, text);
  for (let i = 0; i < Math.max(theirs.length, ours.length); ++i) {
    const [their, our] = [theirs[i], ours[i]];
    if (their?.place !== our?.place || their.event !== our.event) {
      const before = theirs.slice(Math.max(0, i - 2), i).map((stop) => `      both ${showStop(stop)}`);
      const each = [0, 1, 2].map((n) => `      node ${showStop(theirs[i + n]).padEnd(40)} engine ${showStop(ours[i + n])}`);
      tell('sequence', [`stop ${i + 1} of ${theirs.length}, ${ours.length} by the engine:`, ...before, ...each].join('\n'));
      break;
    }
    const at = `${their.place} (stop ${i + 1})`;
    if (their.function !== our.function) tell(`function ${their.place}`, `${at}: in "${their.function}", engine "${our.function}"`);
    if (their.event === 'return' && !isSame(their.returned, our.returned) && !(their.returned === null && our.returned === their.within))
      tell(`returned ${their.place}`, `${at}: returns ${show(their.returned)}, engine ${show(our.returned)}`);
    if (their.isMisread) continue;
    for (const name of new Set([...their.locals.keys(), ...our.locals.keys()])) {
      if (isHidden(name) || unrecorded.has(name) || (modules.has(name) && !our.locals.has(name))) continue;
      if (!their.locals.has(name)) tell(`more ${name} ${their.place}`, `${at}: ${name} is no local, engine ${show(our.locals.get(name))}`);
      else if (!isSame(their.locals.get(name), our.locals.get(name)) && !(our.locals.get(name) === '' && isDeclaredBehind(name, our, folder)))
        tell(`value ${name} ${their.place}`, `${at}: ${name} is ${show(their.locals.get(name))}, engine ${show(our.locals.get(name))}`);
    }
  }
  if (printed !== output) tell('output', `the program printed something else: ${output.trimEnd().slice(-300)}`);
  return [...found.values()];
}

let count = 0;
let misread = 0;
const end = await goThrough(programs, options, async (program) => {
  const theirs = await witnessed(program);
  const ours = await recorded(program);
  count += theirs.stops.length;
  misread += theirs.stops.filter((stop) => stop.isMisread).length;
  return differences(theirs, ours, unrecordedIn(program), path.dirname(program));
});
console.log(`${programs.length} programs, ${count} stops${misread > 0 ? `, of ${misread} no variables` : ''}: ${end}`);
