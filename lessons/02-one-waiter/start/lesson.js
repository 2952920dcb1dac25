setTimeout(() => console.log('timer'), 1);

function serve(dish) {
  console.log('serve', dish);
  cook(dish);
  console.log(dish, 'is served');
}

function cook(dish) {
  console.log('cook', dish);
  chop(dish);
}

function chop(dish) {
  console.log('chop', dish);
  const end = Date.now() + 50;
  while (Date.now() < end);
}

serve('soup');
