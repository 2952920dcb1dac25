// Ticks that queue ticks, and microtasks that queue microtasks, while a timer is due.
setTimeout(() => {}, 1);
let left = 600_000;
(function again() { if (left-- > 0) process.nextTick(again); })();
let more = 400_000;
(function on() { if (more-- > 0) queueMicrotask(on); })();
