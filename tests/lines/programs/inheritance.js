class Animal {
  legs = 4;
  constructor(name) { this.name = name; }
  speak() { return this.name + ' makes a sound'; }
  static create(...args) { return new this(...args); }
}
class Dog extends Animal {
  tail = this.legs + 1;
  constructor(name) {
    const upper = name.toUpperCase();
    super(upper);
    const arrow = () => super.speak();
    this.said = arrow();
  }
  speak() {
    const before = super.speak();
    return before + ': woof';
  }
}
class Puppy extends Dog {
  static create(name) { const puppy = super.create(name); puppy.small = true; return puppy; }
}
const rex = new Dog('rex');
const pup = Puppy.create('pup');
const said = [rex.speak(), pup.speak(), pup.said, pup.tail, pup.small].join();
function Old(n) { if (!new.target) return new Old(n); this.n = n; }
Old.prototype.get = function () { return this.n; };
const old = Old(3);
const Mixed = ((Base) => class extends Base { mixed() { return 'mixed' + this.legs; } })(Animal);
const mixed = new Mixed('m').mixed();
let reached = 'no';
try { new (class extends Animal { constructor() { reached = 'yes'; this.x = 1; } })(); } catch (e) { reached += e.name; }
console.log(said, old.get(), mixed, reached);
