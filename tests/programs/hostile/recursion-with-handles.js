// Recursion that makes native handles until the stack is full, then goes on.
const zlib = require('node:zlib');
let made = 0;
function dig() {
  new zlib.Gunzip().close();
  made += 1;
  dig();
}
try { dig(); } catch (error) { console.log(error.name, error.message, made > 100); }
setImmediate(() => {
  console.log('the loop goes on');
  console.log(zlib.gunzipSync(zlib.gzipSync('still works')).toString());
});
