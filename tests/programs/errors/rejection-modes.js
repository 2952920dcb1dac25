// flags: --unhandled-rejections=strict
// exit: 1
// In strict mode a rejection is raised as an exception, handler or not.
process.on('unhandledRejection', (reason) => console.log('unhandledRejection', reason.message));
process.on('uncaughtException', (error, origin) => {
  console.log('uncaughtException', error.message, origin);
  process.exitCode = 1;
});
Promise.reject(new Error('burnt'));
setImmediate(() => console.log('immediate'));
