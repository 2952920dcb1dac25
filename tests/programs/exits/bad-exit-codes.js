// What may be an exit code: integers and their strings.
for (const code of ['12', 0, null, undefined, 1.5, 'abc', true, {}]) {
  try {
    process.exitCode = code;
    console.log('accepted', typeof code, process.exitCode);
  } catch (error) {
    console.log(error.code, '|', error.message);
  }
}
process.exitCode = 0;
