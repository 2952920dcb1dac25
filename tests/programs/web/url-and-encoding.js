// URL, URLSearchParams, atob and btoa, TextEncoder, Blob: what needs no loop.
const url = new URL('../c?q=1&q=ü#h', 'http://user:pw@example.org:8080/a/b');
console.log(url, url.href, [...url.searchParams]);
url.port = '80';
url.searchParams.append('x y', '&');
console.log(String(url), URL.canParse('nonsense'), new URL('file:///a%20b').pathname);
try { new URL('nonsense'); } catch (error) { console.log(error.code, error.input, error.name); }
console.log(btoa('binary\xff'), atob('YQ=='), JSON.stringify([...new URLSearchParams('a=1&b=%20+')]));
try { atob('*'); } catch (error) { console.log(error.name, error.code); }
const { fileURLToPath, pathToFileURL, format, domainToASCII } = require('node:url');
console.log(fileURLToPath('file:///a%20b'), pathToFileURL('/a b#c').href, format({ host: 'h', pathname: '/p' }), domainToASCII('español.com'));
console.log(require('node:querystring').parse('a=1&a=2&b'), require('node:punycode') && encodeURIComponent('ü'));
