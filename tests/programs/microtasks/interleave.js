// Two promise chains take turns, one step each.
const chain = (name) => {
  let promise = Promise.resolve();
  for (let step = 1; step <= 4; step++) {
    promise = promise.then(() => console.log(name, step));
  }
};
chain('a');
chain('b');
