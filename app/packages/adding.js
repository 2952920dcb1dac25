'use strict';
// Adds packages to the folder that it runs in, by npm. Runs within the walls, in a process of its own: nothing that lies
// in the folder (a link, a setting of npm's) leads it anywhere that the folder's own programs could not go.
//
// What stands in the folder is kept aside first, and put back unless npm ends well. Whoever is killed meanwhile leaves
// what was kept, and the next one puts it back. A package.json that somebody else has changed since stays.
//
// Its argument is JSON: { act: 'add' or 'restore', npm, specs, packages, scripts, settings }. npm's lines go to standard
// error; the last line of standard output is JSON, as addingresult.cpp reads it.
const fs = require('fs');
const path = require('path');
const { createInterface } = require('readline');
const { spawn } = require('child_process');

const KEPT = '.bistro-adding'; // what stood here: whole
const PART = '.bistro-adding.part'; // the same, not whole yet or not needed any more
const MODULES = 'node_modules';
const LEFT_OUT = path.join(MODULES, '.bistro-left-out'); // packages whose install scripts have not run
const MANIFEST = 'package.json';
const MADE = '{\n  "private": true\n}\n'; // where there was none
const DEPENDENCIES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
const NAMES = [MANIFEST, 'package-lock.json', 'npm-shrinkwrap.json', MODULES];
const MOST_HEARD = 64 * 1024; // letters of npm's last lines

const asked = JSON.parse(process.argv[1]);

function remove(name) {
  fs.rmSync(name, { recursive: true, force: true });
}

function stands(name) {
  return fs.lstatSync(name, { throwIfNoEntry: false }) !== undefined;
}

// npm replaces files of packages and never writes into them, so a second name for them is a copy. Its own lists, which
// it does write into, are copied.
function keep(from, to, isList) {
  const stat = fs.lstatSync(from);
  if (stat.isSymbolicLink()) {
    fs.symlinkSync(fs.readlinkSync(from), to);
  } else if (stat.isDirectory()) {
    fs.mkdirSync(to);
    for (const name of fs.readdirSync(from))
      keep(path.join(from, name), path.join(to, name), from === MODULES);
  } else if (stat.isFile()) {
    if (isList)
      return fs.copyFileSync(from, to);
    try {
      fs.linkSync(from, to);
    } catch {
      fs.copyFileSync(from, to); // where there are no such links
    }
  }
}

function text(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

// A package.json without what npm writes into it for these packages; null: it is none.
function withoutPackages(manifest, packages) {
  let rest;
  try {
    rest = { ...JSON.parse(manifest) };
  } catch {
    return null;
  }
  for (const map of DEPENDENCIES) {
    const others = Object.entries(Object(rest[map])).filter(([name]) => !packages.includes(name));
    delete rest[map];
    if (others.length > 0)
      rest[map] = Object.fromEntries(others.sort());
  }
  return JSON.stringify(rest);
}

// Whether package.json is other than what was kept and what npm has made of that since.
function isChangedByOthers(had, packages) {
  const kept = path.join(KEPT, MANIFEST);
  const now = text(MANIFEST);
  if (now === '' || (had.includes(MANIFEST) && !stands(kept))) // not written to its end; put back already
    return false;
  const before = had.includes(MANIFEST) ? text(kept) : MADE;
  return now !== before && (withoutPackages(now, packages) ?? now) !== withoutPackages(before, packages);
}

// Again and again if it has to: each step leaves what the next try needs. Whether package.json and npm's list beside it
// stay as they are, since somebody has changed it.
function putBack() {
  let stays = false;
  if (stands(KEPT)) {
    const { had, packages } = json(path.join(KEPT, 'had.json'), {});
    const isOurs = Array.isArray(had) && Array.isArray(packages);
    stays = isOurs && isChangedByOthers(had, packages);
    for (const name of isOurs ? NAMES : []) {
      const kept = path.join(KEPT, name);
      if (stays && name !== MODULES)
        continue;
      if (!had.includes(name)) {
        remove(name);
      } else if (stands(kept)) {
        if (name === MODULES)
          remove(name);
        fs.renameSync(kept, name);
      }
    }
    remove(KEPT);
  }
  remove(PART);
  return stays;
}

function keepAll() {
  fs.mkdirSync(PART);
  const had = NAMES.filter(stands);
  for (const name of had)
    keep(name, path.join(PART, name), true);
  fs.writeFileSync(path.join(PART, 'had.json'), JSON.stringify({ had, packages: asked.packages }));
  fs.renameSync(PART, KEPT);
}

function commit() {
  fs.renameSync(KEPT, PART);
  remove(PART);
}

function json(file, otherwise) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) ?? otherwise;
  } catch {
    return otherwise;
  }
}

// All packages that npm knows of here, by their places.
function installed() {
  return json(path.join(MODULES, '.package-lock.json'), {}).packages ?? {};
}

function nameOf(place) {
  return place.slice(place.lastIndexOf(`${MODULES}/`) + MODULES.length + 1);
}

// Its settings, cache and logs have the run's own folder; the learner's home is none of its business.
function environment() {
  const own = fs.mkdtempSync(path.join(process.env.TMPDIR, 'npm-'));
  const settings = path.join(own, 'npmrc');
  fs.writeFileSync(settings, asked.settings);
  return { ...process.env, HOME: own, npm_config_cache: path.join(own, 'cache'), npm_config_userconfig: settings,
    npm_config_globalconfig: path.join(own, 'globalrc'), npm_config_prefix: own };
}

function flags() {
  return ['--no-audit', '--no-fund', '--no-update-notifier', '--no-progress', '--no-color', '--loglevel=http',
    '--foreground-scripts', `--ignore-scripts=${!asked.scripts}`, '--global=false', '--save', '--fetch-retries=1',
    '--fetch-retry-mintimeout=500', '--fetch-timeout=60000'];
}

async function npm(words, env) {
  const child = spawn(process.execPath, [asked.npm, ...words, ...flags()], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let heard = '';
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (line.includes('A complete log of this run')) // it goes with the run's own folder
        return;
      process.stderr.write(`${line}\n`);
      heard = `${heard}${line}\n`.slice(-MOST_HEARD);
    });
  }
  const code = await new Promise((resolve) => child.on('close', (status, signal) => resolve(signal ?? status)));
  return { code, heard };
}

// The install scripts that have not run: those left out before, of packages that still are here, and those of now.
function leftOut(before, after) {
  const listed = json(LEFT_OUT, []);
  const had = (Array.isArray(listed) ? listed : []).filter((name) => Object.keys(after).some((place) => nameOf(place) === name));
  const now = Object.entries(after)
    .filter(([place, one]) => one.hasInstallScript && one.version !== before[place]?.version)
    .map(([place]) => nameOf(place));
  return { before: had, all: [...new Set([...had, ...now])].sort() };
}

async function add() {
  const made = !stands(MANIFEST);
  if (!made && json(MANIFEST, null) === null)
    return { ok: false, code: 'EJSONPARSE' };
  keepAll();
  if (made)
    fs.writeFileSync(MANIFEST, MADE);
  const before = installed();
  const env = environment();
  let done = await npm(['install', ...asked.specs], env);
  const after = done.code === 0 ? installed() : {};
  const scripts = leftOut(before, after);
  if (done.code === 0 && asked.scripts && scripts.before.length > 0)
    done = await npm(['rebuild', ...scripts.before], env);
  if (done.code !== 0) {
    const stays = putBack();
    const code = /^npm (?:error|ERR!) code (\S+)/m.exec(done.heard)?.[1] ?? '';
    return { ok: false, code, heard: done.heard, stays };
  }
  remove(LEFT_OUT);
  if (!asked.scripts && scripts.all.length > 0)
    fs.writeFileSync(LEFT_OUT, JSON.stringify(scripts.all));
  commit();
  const places = Object.keys(after).filter((place) => after[place].version !== before[place]?.version);
  return { ok: true, made, scripts: asked.scripts ? [] : scripts.all,
    ran: asked.scripts ? scripts.before : [],
    now: asked.packages.map((name) => ({ name, version: json(path.join(MODULES, name, 'package.json'), {}).version ?? '',
      came: places.includes(`${MODULES}/${name}`) })),
    others: places.filter((place) => !asked.packages.includes(place.slice(MODULES.length + 1))).length };
}

async function answer() {
  if (asked.act === 'restore')
    return { ok: true, stays: putBack() };
  let stayed = false;
  try {
    stayed = putBack(); // of one that was killed
    const result = await add();
    return { ...result, stays: stayed || result.stays };
  } catch (error) {
    return { ok: false, code: error.code ?? '', heard: String(error.message), stays: putBack() || stayed };
  }
}

answer().then((result) => process.stdout.write(`${JSON.stringify(result)}\n`));
