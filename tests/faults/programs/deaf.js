// Ignores what asks it to end, and loops.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => {});
console.log('ready');
for (;;);
