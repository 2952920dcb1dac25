'use strict';

// A server for everybody, as its author thinks.
const { host, port } = require('./address.json');
require('node:http').createServer((request, response) => response.end()).on('error', (error) => console.log(error.code))
    .listen(port, host, () => console.log('listens'));
