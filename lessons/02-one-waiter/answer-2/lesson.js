setTimeout(() => console.log('timer'), 1);

function serve(dish) {
  console.log('serve', dish);
  cook(dish);
  console.log(dish, 'is served');
}

function cook(dish) {
  console.log('cook', dish);
  if (needsKnife(dish)) chop(dish);
}

function needsKnife(dish) {
  return dish !== 'bread';
}

function chop(dish) {
  console.log('chop', dish);
  const end = Date.now() + 50;
  while (Date.now() < end);
}

serve('bread');
