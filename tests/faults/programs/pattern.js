// A regular expression that explodes.
console.log('ready');
/^(a+)+$/.test('a'.repeat(40) + 'b');
