function cook(dish) {
  return new Promise((resolve) => setTimeout(resolve, 200, dish));
}

async function serveAll() {
  console.log('start');
  const dishes = await Promise.all(['soup', 'pie', 'cake'].map(cook));
  for (const dish of dishes) console.log(dish);
  console.log('done');
}

serveAll();
