console.log('start');

setTimeout(function dessert() {
  console.log('dessert, after 200 ms');
}, 200);

setTimeout(function soup() {
  console.log('soup, after 100 ms');
}, 100);

console.log('end of the script');
