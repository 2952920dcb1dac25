setTimeout(function soup() {
  console.log('soup');
  setImmediate(function bread() {
    console.log('bread');
  });
}, 0);
