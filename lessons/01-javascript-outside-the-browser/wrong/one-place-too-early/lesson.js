const name = process.argv[1];

console.log('Hello,', name);
