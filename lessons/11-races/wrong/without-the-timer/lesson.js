console.log('soup');

setImmediate(function bread() {
  console.log('bread');
});
