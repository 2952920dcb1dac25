// An unref'd timer does not keep the process alive, and ref() brings it back.
const lost = setTimeout(() => console.log('never printed'), 1e6);
lost.unref();
console.log('lost.hasRef', lost.hasRef());

const kept = setTimeout(() => console.log('kept ran'), 5).unref();
console.log('kept.hasRef', kept.hasRef());
kept.ref();
console.log('kept.hasRef', kept.hasRef());
process.on('exit', () => console.log('exit'));
