setImmediate(function bread() {
  console.log('bread');
  setTimeout(function soup() {
    console.log('soup');
  }, 0);
});
