// setTimeout without a function throws a TypeError with a code.
for (const bad of [undefined, null, 'console.log(1)', 7, {}, Symbol('s')]) {
  try {
    setTimeout(bad, 1);
  } catch (error) {
    console.log(error.name, error.code);
    console.log(error.message);
  }
}
