const soup = new Promise((resolve) => {
  console.log('empty note');
  setTimeout(() => {
    resolve('soup');
    console.log('note filled in');
  }, 20);
});

soup.then((dish) => console.log(dish, 'for table 1'));
soup.then((dish) => console.log(dish, 'for table 2'));
const third = soup.then((dish) => { throw new Error('table 3 is gone'); });
third.then(undefined, (error) => console.log('sorry, table 3'));

setTimeout(() => console.log('closed'), 100);
console.log('open');
