function cook(dish) {
  return new Promise((resolve) => setTimeout(resolve, 200, dish));
}

async function serveAll() {
  console.log('start');
  for (const dish of ['soup', 'pie', 'cake']) {
    console.log(...await Promise.all([cook(dish)]));
  }
  console.log('done');
}

serveAll();
