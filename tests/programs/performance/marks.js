// Marks, measures and observers by name and number, not by their times.
const { performance, PerformanceObserver, createHistogram, monitorEventLoopDelay } = require('node:perf_hooks');
let seen = 0;
const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    seen++;
    console.log('observed', entry.entryType, entry.name, entry.detail, entry.duration >= 0);
  }
});
observer.observe({ entryTypes: ['mark', 'measure', 'function'] });
performance.mark('a', { startTime: 1, detail: { own: 1 } });
performance.mark('b', { startTime: 4 });
console.log(performance.measure('a to b', 'a', 'b').duration, performance.getEntriesByType('mark').length);
performance.timerify(function add(x) { return x + 1; })(1);
performance.clearMarks('a');
console.log(performance.getEntries().map(({ name }) => name));
try { performance.measure('x', 'never'); } catch (error) { console.log(error.name, error.code, error.message); }
const histogram = createHistogram();
[1, 2, 3, 1000].forEach((n) => histogram.record(n));
console.log(histogram.min, histogram.max, histogram.mean, histogram.percentile(50), histogram.count);
console.log(Object.keys(performance.nodeTiming.toJSON()), performance.timeOrigin > 0, performance.now() > 0);
const delay = monitorEventLoopDelay({ resolution: 1 });
console.log(delay.enable(), delay.enable(), delay.disable(), delay.disable());
const wait = setInterval(() => {
  if (seen < 4) return;
  observer.disconnect();
  clearInterval(wait);
}, 1);
