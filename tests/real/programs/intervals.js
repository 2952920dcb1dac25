// A countdown, a debounced search and a heartbeat: intervals and timeouts that are set, refreshed and cleared.
function countdown(from, done) {
  let left = from;
  const interval = setInterval(() => {
    console.log(left--);
    if (left > 0) return;
    clearInterval(interval);
    done();
  }, 10);
}

function debounce(action, ms) {
  let timer = null;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), ms);
  };
}

const search = debounce(word => {
  console.log('search for', word);
  clearInterval(heartbeat);
}, 25);

let beats = 0;
const heartbeat = setInterval(function beat() {
  beats++;
}, 7);

const reminder = setTimeout(() => console.log('never seen'), 400);
const watchdog = setTimeout(() => {
  console.log('watchdog barks');
  setTimeout(() => console.log('beats counted:', beats > 0), 20).ref();
}, 300);

countdown(3, () => {
  console.log('lift-off');
  clearTimeout(reminder);
  watchdog.refresh();
  for (const word of ['c', 'ca', 'cat']) search(word);
});

setInterval(() => console.log('not kept alive'), 500).unref();
