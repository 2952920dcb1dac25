// Fact 15: 0 becomes 1, so creation order decides between setTimeout 0 and setTimeout 1.
setTimeout(() => console.log('one, made first'), 1);
setTimeout(() => console.log('zero, made second'), 0);
setTimeout(() => console.log('one, made third'), 1);
setTimeout(() => console.log('half, made fourth'), 0.5);
