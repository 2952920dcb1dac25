// Loops for ever, while three timers wait.
for (const dish of ['soup', 'salad', 'tea']) setTimeout(() => console.log(dish), 1);
console.log('ready');
for (;;);
