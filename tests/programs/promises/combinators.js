// all, allSettled, any and race on the same inputs.
const ok = Promise.resolve('ok');
const bad = Promise.reject(new Error('bad'));
const never = new Promise(() => {});
Promise.all([1, ok, 3]).then((v) => console.log('all', v));
Promise.all([ok, bad]).catch((e) => console.log('all rejects', e.message));
Promise.allSettled([ok, bad]).then((list) => list.forEach((r) => console.log(r.status, r.value ?? r.reason.message)));
Promise.any([bad, ok]).then((v) => console.log('any', v));
Promise.any([]).catch((e) => console.log(e.name, e.message, e.errors));
Promise.race([never, ok]).then((v) => console.log('race', v));
