const name = window.prompt('What is your name?');

console.log('Hello,', name);
