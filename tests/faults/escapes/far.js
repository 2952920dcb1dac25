'use strict';

// Somebody at another address, outside the run: says at its end who has come.
const host = '10.77.1.2';
const came = new Set();
const http = require('node:http').createServer((request, response) => response.end()).on('connection', () => came.add('tcp'));
const socket = require('node:dgram').createSocket('udp4').on('message', () => came.add('udp'));

http.listen(8124, host, () => socket.bind(8125, host, () => console.log('listens')));
process.on('SIGTERM', () => {
    console.log(`came: ${[...came].sort().join()}`);
    process.exit();
});
