// Fact 10: returning a promise from then costs two more microtasks than returning a value.
Promise.resolve().then(() => 'v').then(() => console.log('value arrived'));
Promise.resolve().then(() => Promise.resolve('p')).then(() => console.log('promise arrived'));
let chain = Promise.resolve();
for (const turn of [1, 2, 3, 4, 5]) chain = chain.then(() => console.log('turn', turn));
