// 5,000 awaits in one function.
async function serve(dishes) {
  let served = 0;
  for (let dish = 0; dish < dishes; dish++) {
    served += await dish % 3;
  }
  return served;
}
serve(5_000).then((served) => console.log(served));
