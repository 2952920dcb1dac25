class Shape {
  static made = 0;
  static #hidden = 'h';
  #area;
  name = 'shape ' + Shape.made;
  static {
    const start = 10;
    Shape.made = start;
  }
  constructor(area = 1) {
    this.#area = area;
    Shape.made++;
  }
  get area() { return this.#area; }
  set area(value) { if (value < 0) throw new RangeError('negative'); this.#area = value; }
  #double() { return this.#area * 2; }
  twice() { const result = this.#double(); return result; }
  static reveal() { return Shape.#hidden; }
  static isShape(other) { return #area in other; }
  ['computed' + 1]() { return 'c'; }
}
const shape = new Shape(4);
shape.area = 5;
let caught;
try { shape.area = -1; } catch (error) { caught = error.message; }
const values = [shape.area, shape.twice(), shape.name, Shape.made, Shape.reveal(), Shape.isShape({}), shape.computed1(), caught];
const Anonymous = class { field = () => this; };
const itself = new Anonymous();
const same = itself.field() === itself;
console.log(values.join(), same);
