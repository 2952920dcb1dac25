// exit: 1
// Function.prototype.call, apply, bind and Reflect.apply are replaced.
let stolen = 0;
const { log } = console;
for (const [owner, name] of [[Function.prototype, 'call'], [Function.prototype, 'apply'], [Function.prototype, 'bind'], [Reflect, 'apply']]) {
  owner[name] = () => { stolen += 1; };
}
setTimeout((a) => log('timer', a, stolen), 5, 1);
process.nextTick((a) => log('tick', a, stolen), 1);
setImmediate((a, b, c, d) => log('immediate', d, stolen), 1, 2, 3, 4);
process.on('exit', (code) => log('exit', code, stolen));
setTimeout(() => { throw new Error('at the end'); }, 20);
