// A scheduler like cron: jobs with a period, a limit and a retry; it sleeps until the next one is due.
class Scheduler {
  constructor() {
    this.jobs = [];
    this.timer = null;
  }
  every(ms, name, times, work) {
    this.jobs.push({ name, ms, times, work, due: Date.now() + ms, failures: 0 });
    this.plan();
    return this;
  }
  plan() {
    clearTimeout(this.timer);
    if (this.jobs.length === 0) return console.log('nothing left to do');
    const next = Math.min(...this.jobs.map(job => job.due));
    this.timer = setTimeout(() => this.tick(), Math.max(0, next - Date.now()));
  }
  async tick() {
    const now = Date.now();
    const due = this.jobs.filter(job => job.due <= now);
    for (const job of due) {
      try {
        await job.work(job);
        job.failures = 0;
      } catch (error) {
        job.failures++;
        console.log(`${job.name} failed: ${error.message}`);
      }
      job.times--;
      job.due += job.ms;
    }
    this.jobs = this.jobs.filter(job => job.times > 0);
    this.plan();
  }
}

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
const counts = {};

function count(job) {
  counts[job.name] = (counts[job.name] ?? 0) + 1;
  console.log(job.name, counts[job.name]);
}

new Scheduler()
  .every(40, 'backup', 3, async job => {
    await pause(2);
    count(job);
  })
  .every(100, 'report', 1, async job => {
    count(job);
    if (job.failures === 0) throw new Error('printer on fire');
  });
console.log('scheduled');
