// Objects that change: 10,000 rounds over a bill and its dishes.
const bill = { number: 7, total: 0, dishes: [{ name: 'soup', price: 6 }, { name: 'pie', price: 18 }] };
for (let round = 0; round < 10_000; round++) {
  const dish = bill.dishes[round % 2];
  dish.price += round % 2;
  bill.total += dish.price;
}
console.log(bill.total);
