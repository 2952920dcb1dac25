// A throw in the executor rejects, but only if the promise is not settled yet.
new Promise(() => { throw new Error('rejected by throw'); }).catch((e) => console.log(e.message));
new Promise((resolve) => { resolve('won'); throw new Error('lost'); }).then(console.log);
new Promise((resolve, reject) => { reject('first'); resolve('second'); reject('third'); }).catch(console.log);
try { new Promise(); } catch (e) { console.log(e.message); }
try { Promise(() => {}); } catch (e) { console.log(e.message); }
