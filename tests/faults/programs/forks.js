// Starts children without end, and catches the error that there are too many.
const { spawn } = require('node:child_process');
let children = 0;
(function next() {
  const child = spawn('sleep', ['100'], { stdio: 'ignore' });
  child.on('spawn', () => {
    children += 1;
    next();
  });
  child.on('error', (error) => {
    console.log(`${children} children, then ${error.code}`);
    setInterval(() => {}, 1000);
  });
})();
