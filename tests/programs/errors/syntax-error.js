// exit: 1
// A syntax error stops the file before its first line runs.
console.log('not reached');
const cup = { size: 'small' ;
