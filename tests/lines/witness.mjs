// Stops stock node before every statement of a program's own files, by its own inspector, and prints each stop.
//
//     node --experimental-websocket --no-warnings witness.mjs PROGRAM
//
// One JSON object a line: file, line, column, function, event (statement, return, debugger), locals: the names of the
// innermost call's own scopes, each with its value as util.inspect prints it, null for an object; what has not been set yet
// is undefined to the inspector. Where it would misread them there is isMisread. A return has what is given back, and what
// is within, when that is a promise or has a value.
// What the program prints goes to stderr.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { statementsOf } from './statements.mjs';

const program = path.resolve(process.argv[2]);
const own = `${pathToFileURL(path.dirname(program))}/`;

const placeOf = ({ lineNumber, columnNumber }) => `${lineNumber}:${columnNumber}`;

// Runs the program, told by its inspector of each pause; `begin` is called before the first of its lines, `end` when it
// is about to exit.
async function run({ output, begin, paused, end }) {
  const child = spawn(process.execPath, ['--inspect-wait=127.0.0.1:0', program], {
    cwd: path.dirname(program),
    stdio: ['ignore', output, 'pipe'],
  });
  const over = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal)));
  const address = await new Promise((found, none) => {
    let text = '';
    child.stderr.on('data', (data) => {
      text += data;
      const match = /ws:\/\/\S+/.exec(text);
      if (match) found(match[0]);
    });
    over.then(() => none(new Error(`node did not start: ${text}`)));
  });
  const socket = new WebSocket(address);
  await new Promise((open, failed) => {
    socket.onopen = open;
    socket.onerror = () => failed(new Error(`no inspector at ${address}`));
  });

  const asked = []; // answers come in the order of the questions
  const ask = (method, params = {}) => {
    socket.send(JSON.stringify({ id: asked.length + 1, method, params }));
    return new Promise((answered, failed) => asked.push({ method, answered, failed }));
  };
  const scripts = new Map(); // the program's own, by id
  const fail = (error) => {
    console.error(error);
    process.exitCode = 1;
    child.kill('SIGKILL');
  };
  socket.onmessage = ({ data }) => {
    const { id, method, params, result, error } = JSON.parse(data);
    if (id !== undefined) {
      const question = asked[id - 1];
      asked[id - 1] = null;
      if (error) question.failed(new Error(`${question.method}: ${error.message}`));
      else question.answered(result);
    } else if (method === 'Debugger.scriptParsed' && params.url.startsWith(own)) {
      scripts.set(params.scriptId, params);
    } else if (method === 'Debugger.paused') {
      Promise.resolve(paused?.(ask, params, scripts)).then(() => ask('Debugger.resume')).catch(fail);
    } else if (method === 'NodeRuntime.waitingForDisconnect') {
      Promise.resolve(end?.(ask, scripts)).catch(fail).then(() => socket.close());
    }
  };
  await ask('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
  await ask('Debugger.enable');
  await begin?.(ask);
  await ask('Runtime.runIfWaitingForDebugger');
  const signal = await over;
  if (signal) {
    console.error(`node was ended by ${signal}`);
    process.exitCode = 1;
  }
}

// A script runs as soon as it is there, before anybody can set breakpoints in it: where they are is found in a first run.
const files = new Map(); // by URL: what is at each place
await run({
  output: 'ignore',
  async end(ask, scripts) {
    for (const { scriptId, url, isModule } of scripts.values()) {
      const { scriptSource } = await ask('Debugger.getScriptSource', { scriptId });
      const start = { scriptId, lineNumber: 0, columnNumber: 0 };
      const { locations } = await ask('Debugger.getPossibleBreakpoints', { start });
      const { statements, misread } = statementsOf(scriptSource, isModule);
      const events = new Map();
      for (const { type, ...location } of locations) {
        const isMore = type === 'call' && statements.has(placeOf(location));
        const event = isMore || !type ? 'statement' : type === 'debuggerStatement' ? 'debugger' : type;
        events.set(placeOf(location), { ...location, event, isMisread: misread.has(placeOf(location)) });
      }
      files.set(url, events);
    }
  },
});

const cut = (text) => text.slice(0, 200); // as the engine tells it
function textOf(value) {
  if (value.type === 'object' && value.subtype === 'null') return 'null';
  if (value.type === 'undefined') return 'undefined';
  if (value.type === 'object' || value.type === 'function') return null;
  if (value.type === 'string') return inspect(cut(value.value), { breakLength: Infinity });
  return cut(value.unserializableValue ?? value.description ?? String(value.value));
}

async function localsOf(ask, frame) {
  const last = frame.scopeChain.findIndex(({ type }) => type === 'local' || type === 'module');
  const scopes = frame.scopeChain.slice(0, last < 0 ? undefined : last + 1)
    .filter(({ type }) => type !== 'with'); // properties of an object, not variables
  const locals = {};
  for (const { result } of await Promise.all(
    scopes.map(({ object: { objectId } }) => ask('Runtime.getProperties', { objectId, ownProperties: true })))) {
    for (const { name, value } of result) {
      let unique = name; // what is hidden by one of the same name comes after it
      while (Object.hasOwn(locals, unique)) unique += "'";
      if (value) locals[unique] = textOf(value); // none: V8 has optimised it away
    }
  }
  return locals;
}

// Of what an async function gives back the promise's result, of what a generator gives back the value; else undefined.
async function withinOf(ask, objectId) {
  const { result, internalProperties = [] } = await ask('Runtime.getProperties', { objectId, ownProperties: true });
  const find = (properties, wanted) => properties.find(({ name }) => name === wanted)?.value;
  const state = find(internalProperties, '[[PromiseState]]')?.value;
  const value = state ? state === 'fulfilled' && find(internalProperties, '[[PromiseResult]]') : find(result, 'value');
  return value ? textOf(value) : undefined;
}

await run({
  output: process.stderr,
  async begin(ask) {
    await Promise.all([...files].flatMap(([url, events]) => [...events.values()].filter(({ event }) => event !== 'call')
      .map(({ lineNumber, columnNumber }) => ask('Debugger.setBreakpointByUrl', { url, lineNumber, columnNumber }))));
  },
  async paused(ask, { hitBreakpoints, callFrames: [frame] }, scripts) {
    const script = scripts.get(frame.location.scriptId);
    const { event, isMisread } = (script && files.get(script.url)?.get(placeOf(frame.location))) ?? {};
    if (!event || !(hitBreakpoints?.length > 0)) return;
    const isReturn = frame.returnValue !== undefined;
    const stop = {
      file: script.url.slice(own.length),
      line: frame.location.lineNumber + 1,
      column: frame.location.columnNumber + 1,
      function: frame.functionName,
      event: isReturn ? 'return' : event === 'return' ? 'statement' : event, // a class begins where its constructor returns
      locals: isMisread ? {} : await localsOf(ask, frame),
      ...(isMisread && { isMisread }),
    };
    if (isReturn) {
      stop.returned = textOf(frame.returnValue);
      if (stop.returned === null) stop.within = await withinOf(ask, frame.returnValue.objectId);
    }
    console.log(JSON.stringify(stop));
  },
});
