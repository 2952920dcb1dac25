// What becomes of errors: caught, handled late, seen by unhandledRejection, and one that ends the program.
// exit: 5
const fs = require('node:fs');

class PaymentError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'PaymentError';
  }
}

async function pay(customer, amount) {
  await null;
  if (amount > 50) throw new PaymentError(`${customer} has no ${amount}`);
  return amount;
}

function readReceipt(name) {
  return new Promise((resolve, reject) => {
    fs.readFile(name, (cause, data) => {
      if (cause) reject(new PaymentError('no receipt', { cause }));
      else resolve(data);
    });
  });
}

process.on('unhandledRejection', reason => {
  console.log('nobody caught:', reason.message);
});

process.on('uncaughtException', (error, origin) => {
  console.log(`${origin}: ${error.message}`);
  process.exitCode = 5;
});

process.on('exit', code => console.log('exit', code));

pay('Ann', 20).then(amount => console.log('paid', amount));
pay('Bob', 80).catch(error => console.log('caught:', error.name));
pay('Cid', 99);

readReceipt('/nowhere/receipt.txt').catch(error => {
  console.log(error.message, 'because', error.cause.code);
  setTimeout(() => {
    JSON.parse('{ broken');
  }, 5);
});
