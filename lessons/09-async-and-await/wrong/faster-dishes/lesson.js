function cook(dish) {
  return new Promise((resolve) => setTimeout(resolve, 50, dish));
}

async function serveAll() {
  console.log('start');
  for (const dish of ['soup', 'pie', 'cake']) {
    console.log(await cook(dish));
  }
  console.log('done');
}

serveAll();
