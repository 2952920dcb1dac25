const named = function self(n) { return n === 0 ? 'done' : self(n - 1); };
const first = named(2);
(function iife(depth) { if (depth > 0) iife(depth - 1); })(1);
(() => { const inside = 1; first + inside; })();
void function () { 'nothing'; }();
function Target() { const kind = new.target === undefined ? 'called' : new.target.name; this.kind = kind; }
const made = new Target();
const called = {};
Target.call(called);
const methods = { short() { return 'short'; }, ['com' + 'puted']() { return 'computed'; }, async later() { return 'later'; }, *items() { yield 1; }, get got() { return 'got'; }, set put(v) { this.kept = v; } };
methods.put = 'kept';
const results = [methods.short(), methods.computed(), methods.got, methods.kept, [...methods.items()].length];
const compose = (...fs) => (x) => fs.reduceRight((value, f) => f(value), x);
const composed = compose((x) => x + 1, (x) => x * 2)(5);
const curry = (f) => (a) => (b) => f(a, b);
const curried = curry((a, b) => a - b)(9)(4);
function outer() { return inner(); function inner() { return 'hoisted'; } }
const memo = ((cache) => function fib(n) { return cache[n] ??= n < 2 ? n : fib(n - 1) + fib(n - 2); })({});
const fib = memo(7);
var twice = function () {}, empty = function () { };
twice(), empty();
methods.later().then((value) => { console.log(value); });
console.log(first, made.kind, called.kind, results.join(), composed, curried, outer(), fib);
