// Strings, arrays and buffers that are longer than there may be: errors that one can catch.
const tries = {
  repeat: () => 'a'.repeat(2 ** 30),
  padded: () => 'a'.padEnd(2 ** 30),
  array: () => new Array(2 ** 32),
  length: () => { [].length = 2 ** 32; },
  typed: () => new Float64Array(2 ** 53),
  buffer: () => Buffer.alloc(2 ** 53),
  bigint: () => 2n ** (2n ** 40n),
  text: () => Buffer.alloc(2 ** 29).toString('latin1'),
};
for (const [name, make] of Object.entries(tries)) {
  try {
    console.log(name, make().length);
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
}
setTimeout(() => 'a'.repeat(2 ** 30), 1);
process.on('uncaughtException', (error) => console.log(error.name, error.message));
