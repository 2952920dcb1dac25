// A ShadowRealm has Node's modules, promises and errors of its own, beside those of the program.
// flags: --experimental-shadow-realm
const realm = new ShadowRealm();
console.log(realm.evaluate('[1, 2, 3].map((n) => n * 2).join()'), realm.evaluate('typeof process'), realm.evaluate('typeof setTimeout'));
const run = realm.evaluate('(say) => { Promise.resolve("inner").then((text) => say(text)); }');
setTimeout(() => console.log('timer'), 1);
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('outer'));
run((text) => console.log(text));
try { realm.evaluate('throw new Error("kitchen")'); } catch (error) { console.log(error.name, error.message); }
const http = require('node:http'); // read after the realm was made, for the program itself
console.log(typeof http.createServer, new (require('node:async_hooks').AsyncResource)('ORDER').asyncId() > 0);
