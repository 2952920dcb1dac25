function order(dish) {
  console.log('order', dish);
  const price = cook(dish) + serve(dish);
  console.log(dish, 'costs', price);
}

function cook(dish) {
  return chop(dish) + dish.length;
}

function chop(dish) {
  console.log('chopping for', dish);
  return 2;
}

function serve(dish) {
  console.log('serving', dish);
  return 1;
}

order('soup');
order('salad');
