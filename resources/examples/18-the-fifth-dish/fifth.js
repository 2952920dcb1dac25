const fs = require('node:fs');
const { pbkdf2 } = require('node:crypto');

let dishes = 0;
for (let i = 1; i <= 4; i++) {
  pbkdf2('pw', 'salt', 1e5, 64, 'sha512', function dish() { dishes += 1; });
}

fs.stat(__filename, function look() {
  console.log('a dish had to be finished first:', dishes > 0);
});
console.log('four long jobs, then a short one');
