// A stack overflow is caught, and the loop goes on as if nothing was wrong.
const deep = () => deep() + 1;
const places = { main: (f) => f(), tick: process.nextTick, microtask: queueMicrotask, immediate: setImmediate, timer: (f) => setImmediate(setTimeout, f, 1) };
for (const [place, run] of Object.entries(places)) {
  run(() => {
    try { deep(); } catch (error) { console.log(place, error.name, error.message); }
  });
}
