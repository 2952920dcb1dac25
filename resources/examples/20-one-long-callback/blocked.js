const start = Date.now();

setTimeout(function quick() {
  console.log('quick: wanted after 10 ms');
  console.log('came late:', Date.now() - start >= 400);
}, 10);

setTimeout(function slow() {
  console.log('slow: computing');
  while (Date.now() - start < 400);
  console.log('slow: done');
}, 5);
