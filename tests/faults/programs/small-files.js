// Makes small files, as many as its argument says or until it may make no more.
const fs = require('node:fs');
let files = 0;
try {
  while (files < Number(process.argv[2] ?? 1e6)) {
    fs.writeFileSync(`${process.env.TMPDIR}/${files}`, 'x');
    files += 1;
  }
} catch (error) {
  console.log(error.code);
}
console.log(`${files} files`);
