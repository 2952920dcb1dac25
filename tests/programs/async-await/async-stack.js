// An error's stack names the async functions that were waiting.
async function grind() { await null; throw new Error('no beans'); }
async function pour() { await grind(); }
async function serve() { await pour(); }
serve().catch((error) => {
  const lines = error.stack.split('\n').map((line) => line.trim().replace(/\(.*[\\/]/, '('));
  console.log(lines.join('\n'));
});
