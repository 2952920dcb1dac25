// try, catch and finally around await.
async function fail(what) { throw new Error(what); }
async function run() {
  try {
    await fail('first');
  } catch (error) {
    console.log('caught', error.message);
    return 'from catch';
  } finally {
    console.log('finally');
    await null;
    console.log('finally after await');
  }
}
async function notAwaited() {
  try { return fail('slips out'); } catch { return 'not reached'; }
}
run().then(console.log);
notAwaited().catch((e) => console.log(e.message));
