// A registry of npm's on the loopback, with packages that it makes itself. Prints its port, then the path of each
// request. Ends with its standard input.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

function header(name, size) {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(size.toString(8).padStart(11, '0') + '\0', 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0') + '\0 ', 148);
  return block;
}

function tarball(files) {
  const blocks = [];
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text);
    blocks.push(header(`package/${name}`, bytes.length), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const packages = new Map();

function add(name, version, { more = {}, files = {}, spoil = {} } = {}) {
  const manifest = { name, version, main: 'index.js', ...more };
  const versions = packages.get(name) ?? packages.set(name, new Map()).get(name);
  let made; // when somebody asks
  versions.set(version, { manifest, hangs: spoil.hangs, get file() {
    if (!made) {
      const whole = tarball({ 'package.json': JSON.stringify(manifest), ...files,
        'index.js': `module.exports = '${name} ${version}';\n` });
      const bytes = spoil.bytes?.(whole) ?? whole;
      made = { bytes, integrity: 'sha512-' + createHash('sha512').update(spoil.signed ?? bytes).digest('base64') };
    }
    return made;
  } });
}

add('spoon', '1.0.0');
add('spoon', '2.0.0', { files: { 'z.js': '// the last file\n' } });
add('fork', '1.2.3', { more: { dependencies: { spoon: '^1.0.0' } } });
add('@kitchen/knife', '3.0.0');
add('oven', '1.0.0', { more: { scripts: { postinstall: 'node bake.js' } },
  files: { 'bake.js': "require('fs').writeFileSync('baked', 'yes');\n" } });
add('burner', '1.0.0', { more: { scripts: { install: 'node burn.js' } }, files: { 'burn.js': 'process.exit(3);\n' } });
// What it finds out of a file that is none of its business, it writes down.
add('thief', '1.0.0', { more: { scripts: { postinstall: 'node steal.js' } },
  files: { 'steal.js': `const fs = require('fs');
let loot;
try { loot = fs.readFileSync(${JSON.stringify(process.env.SECRET_FILE ?? '/nowhere')}, 'utf8'); } catch (error) { loot = error.code; }
fs.writeFileSync('loot', loot);
try { fs.writeFileSync(${JSON.stringify(process.env.SECRET_FILE ?? '/nowhere')} + '.mine', ''); } catch {}
` } });
add('swapped', '1.0.0', { spoil: { signed: 'another file' } });
add('torn', '1.0.0', { spoil: { bytes: (bytes) => bytes.subarray(0, bytes.length >> 1) } });
add('slow', '1.0.0', { spoil: { hangs: true } });
add('half', '1.0.0', { more: { dependencies: { spoon: '^2.0.0', slow: '^1.0.0' } } });
add('huge', '1.0.0', { files: Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`${i}.bin`, '\0'.repeat(8 << 20)])) });

const refused = { locked: 401, forbidden: 403, broken: 500 };

const server = createServer((request, response) => {
  const asked = decodeURIComponent(request.url).slice(1);
  process.stdout.write(`${asked}\n`);
  const [name, version] = asked.split('/-/');
  if (refused[name]) {
    response.writeHead(refused[name]).end('{}');
    return;
  }
  const versions = packages.get(name);
  if (!versions) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Not found"}');
    return;
  }
  if (version) {
    const one = versions.get(version);
    if (one.hangs)
      return; // no answer, ever
    response.writeHead(200, { 'content-length': one.file.bytes.length }).end(one.file.bytes);
    return;
  }
  const base = `http://127.0.0.1:${server.address().port}/`;
  const told = Object.fromEntries([...versions].map(([number, { manifest, file }]) => [number, { ...manifest,
    ...(manifest.scripts ? { hasInstallScript: true } : {}),
    dist: { tarball: `${base}${encodeURIComponent(name)}/-/${number}`, integrity: file.integrity } }]));
  response.writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ name, 'dist-tags': { latest: [...versions.keys()].at(-1) }, versions: told }));
});

process.stdin.on('end', () => process.exit()).resume();
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
