// How deep a recursion goes before it is an error.
let depth = 0;
function deeper() {
  depth += 1;
  deeper();
}
try {
  deeper();
} catch (error) {
  console.log(error.name, depth);
}
