// Fact 3: only due timers run, and a list runs as a whole: order is not simply by due time.
const busy = (ms) => { const start = performance.now(); while (performance.now() - start < ms); };
setTimeout(() => console.log('far away, cleared'), 1e6).unref();
setTimeout(() => console.log('10 ms list, first'), 10);
busy(3);
setTimeout(() => console.log('12 ms list, due between the two'), 12);
busy(3);
setTimeout(() => console.log('10 ms list, second'), 10);
busy(40); // all three are due; the 10 ms list is emptied before the 12 ms list
