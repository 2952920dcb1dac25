// The web's streams: pull, backpressure, tee, transform, cancel, and the ways to and from Node's own.
import { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
let pulls = 0;
const source = new ReadableStream({ pull(controller) { console.log('pull', ++pulls, controller.desiredSize); pulls < 4 ? controller.enqueue(pulls) : controller.close(); }, cancel(why) { console.log('cancel', why); } }, { highWaterMark: 2 });
const [left, right] = source.tee();
for await (const n of left)
  console.log('left', n);
const reader = right.getReader();
console.log(await reader.read(), right.locked);
await reader.cancel('enough');
const double = new TransformStream({ transform(n, controller) { controller.enqueue(`${n * 2},`); } });
const sink = new WritableStream({ write(part) { console.log('write', part); }, close() { console.log('close'); } });
await Readable.toWeb(Readable.from([1, 2])).pipeThrough(double).pipeTo(sink);
await new ReadableStream({ start(controller) { controller.error(new Error('broken')); } }).getReader().read().catch((error) => console.log(error.message));
console.log(await text(Readable.fromWeb(new Blob(['blob']).stream())));
const writer = Writable.toWeb(new Writable({ write(part, encoding, done) { console.log('node', part.toString()); done(); } })).getWriter();
await writer.write('to node');
await writer.close();
console.log(await new Response(new Blob(['zip me']).stream().pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip'))).text());
