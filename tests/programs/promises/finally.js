// finally passes the value through, unless it throws or rejects.
Promise.resolve('kept').finally(() => 'ignored').then((v) => console.log(v));
Promise.reject(new Error('kept error')).finally(() => {}).catch((e) => console.log(e.message));
Promise.resolve(1).finally(() => { throw new Error('finally threw'); }).catch((e) => console.log(e.message));
Promise.resolve(1).finally((...args) => console.log('arguments', args.length));
Promise.resolve().then(() => console.log('t1')).then(() => console.log('t2')).then(() => console.log('t3'));
