// A power whose computation takes longer than anybody lives.
console.log('ready');
let power = 3n;
for (;;) power **= 3n;
