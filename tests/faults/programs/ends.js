// Ends by what its argument says: abort, or a signal to itself.
console.log('soup');
if (process.argv[2] === 'abort') process.abort();
else setTimeout(() => process.kill(process.pid, process.argv[2]), 1);
