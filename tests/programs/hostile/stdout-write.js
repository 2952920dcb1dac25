// process.stdout.write is replaced: console.log goes through it, in order.
const write = process.stdout.write;
let n = 0;
process.stdout.write = function (text, ...rest) {
  n += 1;
  return write.call(this, `[${n}] ${text}`, ...rest);
};
console.log('one');
console.table([{ cup: 1 }]);
process.stdout.write('three\n');
console.group('group');
console.log('inside\ntwo lines');
process.stdout.write = () => { throw new Error('broken stdout'); };
try { console.log('lost'); } catch (error) { console.error('thrown', error.message); }
process.stdout.write = write;
console.log('back');
