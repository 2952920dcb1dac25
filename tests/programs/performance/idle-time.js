// The time in which the loop waited is idle time, in the program's own words.
const { performance } = require('node:perf_hooks');
let left = 50;
(function wait() {
  setTimeout(() => {
    const idle = performance.eventLoopUtilization().idle;
    if (idle === 0 && --left > 0) return wait();
    console.log(idle > 0, performance.nodeTiming.idleTime >= idle);
  }, 5);
})();
