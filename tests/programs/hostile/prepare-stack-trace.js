// exit: 1
// Error.prepareStackTrace is replaced: what it gets, and what an uncaught error then prints.
Error.prepareStackTrace = (error, sites) =>
  `HIJACKED ${error.message}: ${sites.map((site) => `${site.getFunctionName()}@${site.getLineNumber()}`).slice(0, 2).join(' ')}`;
function brew() { return new Error('first'); }
console.log(brew().stack);
setTimeout(function later() {
  console.log(brew().stack);
  throw new Error('second');
}, 1);
