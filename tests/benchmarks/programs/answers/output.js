// Progress, written over and over.
for (let i = 0; i < 2_000_000; i++) process.stdout.write('progress ' + i + '\r');
