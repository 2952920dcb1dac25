// Requires a package that nobody has installed.
const menu = require('a-menu-that-nobody-wrote');
console.log(menu);
