async function fails(how) {
  await null;
  if (how === 'throw') throw new TypeError('thrown');
  if (how === 'reject') return Promise.reject(new RangeError('rejected'));
  return how;
}
async function tries(how) {
  let result = 'none';
  try {
    result = await fails(how);
  } catch (error) {
    const { name, message } = error;
    result = name + message;
    if (how === 'reject') throw error;
  } finally {
    await undefined;
    result += '!';
  }
  return result;
}
(async () => {
  const one = await tries('fine');
  const two = await tries('throw');
  let three;
  try { three = await tries('reject'); } catch { three = 'caught'; }
  console.log(one, two, three);
})();
