// Rejections that are answered late, and some that never are.
process.on('unhandledRejection', () => {});
process.on('rejectionHandled', () => {});
const late = [];
for (let i = 0; i < 60_000; i++) late.push(Promise.reject(new Error('no')));
setTimeout(() => late.forEach((promise, i) => { if (i % 3) promise.catch(() => {}); }), 1);
