// exit: 8
// process.reallyExit can be replaced; process.exit still calls it last.
const real = process.reallyExit;
process.on('exit', (code) => console.log('exit', code));
process.reallyExit = function (code) {
  console.log('reallyExit', code);
  real.call(process, 8);
};
process.exit(1);
