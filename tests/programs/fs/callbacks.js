// A file's life through callbacks, one after the other.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
fs.mkdtemp(path.join(os.tmpdir(), 'callbacks-'), (noFolder, folder) => {
  const file = path.join(folder, 'a.txt');
  fs.writeFile(file, 'first\n', (notWritten) => {
    fs.appendFile(file, 'second\n', (notAppended) => {
      fs.open(file, 'r', (notOpened, fd) => {
        fs.read(fd, Buffer.alloc(5), 0, 5, 6, (notRead, length, buffer) => {
          console.log(noFolder, notWritten, notAppended, notOpened, notRead, length, buffer.toString());
          fs.close(fd, (notClosed) => {
            fs.rename(file, `${file}.old`, () => fs.access(file, (gone) => {
              console.log(notClosed, gone.code, gone.syscall);
              fs.rm(folder, { recursive: true }, (error) => console.log('removed', error, fs.existsSync(folder)));
            }));
          });
        });
      });
    });
  });
});
console.log('main done');
