// exit: 1
// A thrown Symbol cannot be turned into a string by +, but the printer copes.
setTimeout(() => { throw Symbol('mystery'); }, 1);
