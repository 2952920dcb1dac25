function factorial(n) {
  if (n <= 1) return 1n;
  const before = factorial(n - 1);
  return BigInt(n) * before;
}
const fibonacci = (n) => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2));
function isEven(n) { return n === 0 ? true : isOdd(n - 1); }
function isOdd(n) { return n === 0 ? false : isEven(n - 1); }
function hanoi(n, from, to, over, moves = []) {
  if (n === 0) return moves;
  hanoi(n - 1, from, over, to, moves);
  moves.push(from + to);
  return hanoi(n - 1, over, to, from, moves);
}
const f = factorial(7);
const g = fibonacci(6);
const even = isEven(5);
const moves = hanoi(3, 'a', 'c', 'b').join(' ');
console.log(f, g, even, moves);
