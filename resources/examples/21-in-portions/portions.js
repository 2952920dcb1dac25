const start = Date.now();
let portions = 0;
let done = false;

setTimeout(function quick() {
  console.log('quick was served while there was work left:', !done);
}, 10);

function portion() {
  const until = Date.now() + 5;
  while (Date.now() < until);
  portions += 1;
  if (Date.now() - start < 200) return setImmediate(portion);
  done = true;
  console.log('done, in several portions:', portions > 1);
}
setImmediate(portion);
