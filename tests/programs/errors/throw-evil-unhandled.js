// exit: 1
// Nobody handles an object with a throwing stack getter: what node prints for it.
throw {
  get stack() { throw new Error('from the stack getter'); },
  toString() { throw new Error('from toString'); },
  label: 'evil',
};
