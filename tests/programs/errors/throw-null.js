// exit: 1
// Throwing null has no stack: node prints the value and a hint.
console.log('before');
throw null;
