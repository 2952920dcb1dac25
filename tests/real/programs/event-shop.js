// A shop that speaks by events: a stock, a cashier, a mailer; ticks and immediates in between.
const EventEmitter = require('node:events');

class Shop extends EventEmitter {
  constructor(stock) {
    super();
    this.stock = new Map(Object.entries(stock));
  }
  buy(customer, product) {
    const left = this.stock.get(product) ?? 0;
    if (left === 0) {
      process.nextTick(() => this.emit('soldOut', customer, product));
      return false;
    }
    this.stock.set(product, left - 1);
    this.emit('sold', customer, product);
    if (left === 1) setImmediate(() => this.emit('reorder', product));
    return true;
  }
}

const shop = new Shop({ bread: 2, jam: 1 });
const mails = [];

shop.on('sold', (customer, product) => console.log(`${customer} buys ${product}`));
shop.on('sold', customer => queueMicrotask(() => mails.push(customer)));
shop.on('soldOut', (customer, product) => console.log(`no ${product} for ${customer}`));
shop.once('sold', () => console.log('first sale of the day'));
shop.on('reorder', function reorder(product) {
  console.log('reorder', product);
  setTimeout(() => {
    this.stock.set(product, 5);
    this.emit('delivered', product);
  }, 10);
});
shop.on('error', error => console.log('trouble:', error.message));

shop.buy('Ann', 'bread');
shop.buy('Bob', 'jam');
shop.buy('Cid', 'jam');
console.log('the shop goes on');

EventEmitter.once(shop, 'delivered').then(([product]) => {
  console.log('delivered', product);
  console.log('Cid again:', shop.buy('Cid', 'jam'));
  shop.emit('error', new Error('the till is stuck'));
  setImmediate(() => console.log('mails to', mails.join(', ')));
});
