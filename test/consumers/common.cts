import np = require('flambeau/numpy');

console.log(`required ${String(np.arange(3))}`);
