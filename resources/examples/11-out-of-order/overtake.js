const start = Date.now();
const busyUntil = ms => { while (Date.now() - start < ms); };

setTimeout(() => console.log('a: due after 10 ms'), 10);
busyUntil(5);
setTimeout(() => console.log('b: due after 13 ms'), 8);
busyUntil(6);
setTimeout(() => console.log('c: due after 16 ms, but in the list of a'), 10);

busyUntil(60);
console.log('all three are late');
