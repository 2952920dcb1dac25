console.log('Node', process.version);
console.log('on', process.platform);
console.log('window:', typeof window);
