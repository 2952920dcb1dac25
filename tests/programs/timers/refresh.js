// refresh() starts the same Timeout again, even from inside its own callback.
let runs = 0;
const timeout = setTimeout(function () {
  runs += 1;
  console.log('run', runs, this === timeout);
  if (runs < 3) console.log('refresh gives itself', timeout.refresh() === timeout);
}, 2);
