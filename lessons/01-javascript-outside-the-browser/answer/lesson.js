console.log('Node', process.version);
console.log('on', process.platform);
console.log('window:', typeof window);

console.log('Hello,', process.argv[2]);
