// A delay of 0 becomes 1 ms, so timers of 0 and 1 share a list and keep creation order.
setTimeout(() => console.log('made first, delay 1'), 1);
setTimeout(() => console.log('made second, delay 0'), 0);
setTimeout(() => console.log('made third, no delay'));
setTimeout(() => console.log('made fourth, delay -5'), -5);
setTimeout(() => console.log('made fifth, delay NaN'), NaN);
