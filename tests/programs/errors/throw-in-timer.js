// exit: 1
// An uncaught throw in a timer ends the process before the next timer.
setTimeout(function grind() { throw new Error('grinder jammed'); }, 1);
setTimeout(() => console.log('not reached'), 1);
process.on('exit', (code) => console.log('exit', code));
