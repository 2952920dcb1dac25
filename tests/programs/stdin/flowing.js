// Standard input as a stream: it keeps the program alive until its end.
let text = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (part) => { text += part; });
process.stdin.on('end', () => console.log('end', JSON.stringify(text)));
process.stdin.on('close', () => console.log('close'));
console.log(process.stdin.isTTY, process.stdin.fd);
