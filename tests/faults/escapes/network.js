'use strict';

const dgram = require('node:dgram');
const dns = require('node:dns');
const http = require('node:http');
const net = require('node:net');
const { run, stage } = require('./attempts.js');

const connects = (...to) => new Promise((resolve, reject) => {
    const socket = net.connect(...to).on('error', reject).on('connect', () => socket.destroy(resolve()));
});
const sends = (port, host, type = 'udp4') => new Promise((resolve, reject) => {
    const socket = dgram.createSocket(type);
    socket.send('x', port, host, (error) => socket.close(() => (error ? reject(error) : resolve())));
});
const listens = (to) => new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject).listen(to, () => server.close(resolve));
});

run({
    'a port': () => connects(stage.tcp, '127.0.0.1'),
    'a port by name': () => connects({ port: stage.tcp, host: 'localhost', family: 4 }),
    'a port by 0.0.0.0': () => connects(stage.tcp, '0.0.0.0'),
    'a port by IPv6': () => connects(stage.tcp6, '::1'),
    'a port by IPv4 within IPv6': () => connects(stage.tcp, '::ffff:127.0.0.1'),
    'fetch': () => fetch(`http://127.0.0.1:${stage.tcp}`, { signal: AbortSignal.timeout(200) })
        .catch((error) => { if (error.name !== 'TimeoutError') throw error; }),
    'http': () => new Promise((resolve, reject) => {
        const request = http.get({ port: stage.tcp, host: '127.0.0.1', agent: false }).on('error', reject)
            .on('socket', (socket) => socket.on('connect', () => { resolve(); request.off('error', reject).on('error', () => {}).destroy(); }));
    }),
    'a datagram': () => sends(stage.udp, '127.0.0.1'),
    'a connected datagram': () => new Promise((resolve, reject) => {
        const socket = dgram.createSocket('udp4').on('error', reject);
        socket.connect(stage.udp, '127.0.0.1', (error) => socket.close(() => (error ? reject(error) : resolve())));
    }),
    'a server of names': () => new Promise((resolve, reject) => {
        const resolver = new dns.Resolver({ timeout: 100, tries: 1 });
        resolver.setServers([`127.0.0.1:${stage.udp}`]);
        // Asked, it stays silent.
        resolver.resolve4('cafe.example', (error) => (error?.code === 'ETIMEOUT' ? resolve() : reject(error)));
    }),
    'the session bus': () => connects(`${stage.runtime}/bus`),
    'Wayland': () => connects(`${stage.runtime}/wayland-0`),
    'X11': () => connects(stage.x11),
    'X11 without a file': () => connects(`\0${stage.x11}`),
    'a name without a file': () => connects(`\0${stage.abstract}`),
    'a Unix server elsewhere': () => listens(`${stage.home}/notes/server`),
    'a group of computers': () => new Promise((resolve, reject) => {
        const socket = dgram.createSocket('udp4').on('error', reject);
        socket.bind(0, '127.0.0.1', () => {
            try {
                socket.addMembership('224.0.0.251', '127.0.0.1');
                socket.close(resolve);
            } catch (error) {
                socket.close(() => reject(error));
            }
        });
    }),
});
