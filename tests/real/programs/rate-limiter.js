// A queue that runs at most two jobs at once, and starts none sooner than 10 ms after the one before.
class Limiter {
  #running = 0;
  #queue = [];
  #nextStart = 0;
  constructor(atOnce, gap) {
    this.atOnce = atOnce;
    this.gap = gap;
  }
  add(job) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject });
      this.#pump();
    });
  }
  #pump() {
    if (this.#running >= this.atOnce || this.#queue.length === 0) return;
    const wait = Math.max(0, this.#nextStart - Date.now());
    const { job, resolve, reject } = this.#queue.shift();
    this.#running++;
    this.#nextStart = Date.now() + wait + this.gap;
    setTimeout(async () => {
      try {
        resolve(await job());
      } catch (error) {
        reject(error);
      } finally {
        this.#running--;
        this.#pump();
      }
    }, wait);
  }
}

const limiter = new Limiter(2, 20);

async function bake(cake, ms) {
  console.log('into the oven:', cake);
  await new Promise(resolve => setTimeout(resolve, ms));
  if (cake === 'burnt') throw new Error('smoke');
  return cake;
}

const orders = [['muffin', 150], ['scone', 10], ['burnt', 10], ['tart', 10]];
const results = orders.map(([cake, ms]) => limiter.add(() => bake(cake, ms)));

results.forEach((result, index) => {
  result.then(
    cake => console.log(`order ${index + 1}: ${cake}`),
    error => console.log(`order ${index + 1}: ${error.message}`),
  );
});
Promise.allSettled(results).then(() => console.log('kitchen closed'));
