console.log('hello');
console.log('two and two is', 2 + 2);
console.log('goodbye');
