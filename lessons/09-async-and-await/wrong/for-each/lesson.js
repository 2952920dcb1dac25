function cook(dish) {
  return new Promise((resolve) => setTimeout(resolve, 200, dish));
}

async function serveAll() {
  console.log('start');
  ['soup', 'pie', 'cake'].forEach(async (dish) => {
    console.log(await cook(dish));
  });
  console.log('done');
}

serveAll();
