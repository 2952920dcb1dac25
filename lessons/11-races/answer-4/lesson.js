setTimeout(function soup() {
  console.log('soup');
}, 0);

setImmediate(function bread() {
  console.log('bread');
});

// The egg timer rings before the first round.
const end = Date.now() + 50;
while (Date.now() < end);
