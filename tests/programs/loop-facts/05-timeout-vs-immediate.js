// race: from the main script it depends on whether 1 ms has passed when the loop starts.
// Fact 5: setTimeout 0 against setImmediate has no fixed answer in the main script.
setTimeout(() => console.log('timeout'), 0);
setImmediate(() => console.log('immediate'));
