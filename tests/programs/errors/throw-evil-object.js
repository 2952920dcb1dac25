// exit: 7
// An object whose getters throw is handled: every way of asking it is tried, then exit 7.
process.on('uncaughtException', (evil) => {
  for (const ask of [(o) => o.stack, (o) => `${o}`, (o) => o.name]) {
    try { console.log(ask(evil)); } catch (error) { console.log('asking threw', error); }
  }
  process.exit(7);
});
throw {
  get stack() { throw 'stack getter'; },
  get name() { throw 'name getter'; },
  toString() { throw 'toString'; },
};
