// A cycle gives what is there so far; what is not warns.
require('./fixtures/cycle-a.js');
console.log('main done');
