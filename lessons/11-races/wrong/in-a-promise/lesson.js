Promise.resolve().then(() => {
  setTimeout(function soup() {
    console.log('soup');
  }, 0);

  setImmediate(function bread() {
    console.log('bread');
  });
});
