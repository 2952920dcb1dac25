process.on('unhandledRejection', error => {
  console.log('3. nobody caught:', error.message);
});

setImmediate(() => console.log('4. the loop goes on'));
Promise.reject(new Error('no soup left'));

const caught = Promise.reject(new Error('no bread left'));
Promise.resolve().then(() => {
  console.log('1. still time to catch one of them');
  caught.catch(error => console.log('2. caught:', error.message));
});
