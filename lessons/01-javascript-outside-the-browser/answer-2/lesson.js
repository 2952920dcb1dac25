const [, , name = 'guest'] = process.argv;

process.stdout.write(`Hello, ${name}!\n`);
