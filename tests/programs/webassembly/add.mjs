// A module of few bytes: called, imported into, compiled in the background, trapping.
const bytes = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, // magic, version
  1, 10, 2, 96, 2, 127, 127, 1, 127, 96, 0, 0, // types: (i32, i32) -> i32, () -> ()
  2, 7, 1, 1, 101, 1, 108, 0, 1, // import e.l
  3, 3, 2, 0, 1, // two functions
  7, 14, 2, 3, 97, 100, 100, 0, 1, 4, 98, 111, 111, 109, 0, 2, // exports add, boom
  10, 15, 2, 9, 0, 16, 0, 32, 0, 32, 1, 106, 11, 3, 0, 0, 11); // call l, add; unreachable
console.log(WebAssembly.validate(bytes), WebAssembly.validate(new Uint8Array(4)));
const { instance, module } = await WebAssembly.instantiate(bytes, { e: { l: () => console.log('called from within') } });
console.log(instance.exports.add(2, 40), WebAssembly.Module.exports(module), WebAssembly.Module.imports(module));
try { instance.exports.boom(); } catch (error) { console.log(error.name, error.message); }
await WebAssembly.compile(new Uint8Array([0, 1])).catch((error) => console.log(error.name, error.message));
try { new WebAssembly.Instance(module, {}); } catch (error) { console.log(error.name, error.message); }
const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
console.log(memory.grow(1), memory.buffer.byteLength);
try { memory.grow(1); } catch (error) { console.log(error.name, error.message); }
