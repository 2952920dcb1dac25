// Live bindings, one evaluation, namespaces, queries that make another module.
import named, { count, increase } from './fixtures/counter.mjs';
import * as everything from './fixtures/counter.mjs';
import * as again from './fixtures/counter.mjs?again';
increase();
console.log(count, everything.count, again.count, named.name, everything === await import('./fixtures/counter.mjs'));
console.log(everything, Object.keys(everything), Object.isSealed(everything));
try { everything.count = 5; } catch (error) { console.log(error.name, error.message); }
try { count = 5; } catch (error) { console.log(error.name, error.message); }
console.log(typeof require, typeof module, this);
