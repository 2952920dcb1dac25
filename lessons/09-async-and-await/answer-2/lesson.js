function cook(dish) {
  return new Promise((resolve) => setTimeout(resolve, 200, dish));
}

async function serveAll() {
  console.log('start');
  const soup = cook('soup');
  const pie = cook('pie');
  const cake = cook('cake');
  console.log(await soup);
  console.log(await pie);
  console.log(await cake);
  console.log('done');
}

serveAll();
