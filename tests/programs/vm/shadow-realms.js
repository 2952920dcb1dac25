// flags: --experimental-shadow-realm --max-old-space-size=18 --no-warnings
// Realms that come and go: nothing may keep them.
(async () => {
  let sum = 0;
  for (let i = 0; i < 30; i++) {
    const realm = new ShadowRealm();
    sum += await realm.importValue('data:text/javascript,export default 7;', 'default');
    await new Promise(setImmediate);
  }
  console.log(sum);
})();
