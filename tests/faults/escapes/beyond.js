'use strict';

const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');
const { run } = require('./attempts.js');

// Of somebody at another address (far.js).
const host = '10.77.1.2';

run({
    'TCP': () => new Promise((resolve, reject) => {
        const socket = net.connect(8124, host).on('error', reject).on('connect', () => socket.destroy(resolve()));
    }),
    'UDP': () => new Promise((resolve, reject) => {
        const socket = dgram.createSocket('udp4');
        socket.send('x', 8125, host, (error) => socket.close(() => (error ? reject(error) : resolve())));
    }),
    'HTTP': async () => { await (await fetch(`http://${host}:8124`)).text(); },
    'DNS': () => new Promise((resolve, reject) => {
        const resolver = new dns.Resolver({ timeout: 100, tries: 1 });
        resolver.setServers([`${host}:8125`]);
        resolver.resolve4('cafe.example', (error) => (error?.code === 'ETIMEOUT' ? resolve() : reject(error)));
    }),
});
