// race: observers hear of the two ends of one request together or apart.
// How much the loop worked, in what can be said of it; http and gc entries are observed.
const { performance, PerformanceObserver, constants } = require('node:perf_hooks');
const http = require('node:http');
const before = performance.eventLoopUtilization();
console.log(Object.keys(before), before.utilization);
new PerformanceObserver((list, observer) => {
  for (const { name, entryType, detail } of list.getEntries())
    console.log(entryType, name, detail.req?.method, detail.res?.statusCode);
  observer.disconnect();
}).observe({ type: 'http' });
const server = http.createServer((request, response) => response.end()).listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (response) => response.resume().on('end', () => server.close(() => {
    const { idle, active, utilization } = performance.eventLoopUtilization(before);
    console.log(idle >= 0, active > 0, utilization > 0 && utilization <= 1, constants.NODE_PERFORMANCE_GC_MAJOR);
  })));
});
