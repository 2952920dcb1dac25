// Bytes: encodings, views, numbers, searching, and bounds.
const buffer = Buffer.from('héllo wörld');
console.log(buffer, buffer.length, buffer.toString('hex'), buffer.toString('base64url'), buffer.toString('latin1', 0, 3), buffer.toJSON().data.length);
const part = buffer.subarray(0, 2);
part[0] = 72;
console.log(buffer.toString(), buffer.indexOf('w'), buffer.includes('llo'), Buffer.concat([part, Buffer.from([0xff])], 4), Buffer.compare(Buffer.from('a'), Buffer.from('b')));
const numbers = Buffer.alloc(16);
numbers.writeDoubleBE(Math.PI);
numbers.writeBigInt64LE(-5n, 8);
console.log(numbers, numbers.readDoubleBE(), numbers.readBigInt64LE(8), numbers.readUIntBE(0, 6), numbers.swap16().readInt8(1));
for (const wrong of [() => numbers.readInt32LE(14), () => numbers.writeInt8(200), () => Buffer.alloc(-1), () => Buffer.from(5), () => Buffer.alloc(2 ** 53)]) {
  try { wrong(); } catch (error) { console.log(error.code, error.message); }
}
console.log(Buffer.isEncoding('UTF8'), Buffer.byteLength('ü'), Buffer.from('zz', 'hex').length, Buffer.from('YQ', 'base64').toString(), new (require('node:string_decoder').StringDecoder)('utf8').write(Buffer.from([0xe2, 0x82])).length);
