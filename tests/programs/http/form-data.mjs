// Headers, Request, Response, FormData and Blob without a connection.
const headers = new Headers({ B: '2', a: '1' });
headers.append('A', '3');
console.log([...headers], headers.has('b'));
const request = new Request('http://127.0.0.1/x', { method: 'post', body: 'text' });
console.log(request.method, request.headers.get('content-type'), await request.clone().text());
const response = Response.json({ ok: 1 }, { status: 202 });
console.log(response.status, response.ok, await response.json());
await response.text().catch((error) => console.log(error.name));
const form = new FormData();
form.append('name', 'value');
form.append('file', new Blob(['bytes'], { type: 'text/plain' }), 'a.txt');
const body = await new Response(form).text();
const boundary = body.slice(0, body.indexOf('\r\n'));
console.log(body.replaceAll(boundary, 'BOUNDARY'));
const blob = new Blob(['abc', new Uint8Array([100, 101])]);
console.log(blob.size, await blob.slice(1, 4).text(), new Uint8Array(await blob.arrayBuffer()));
