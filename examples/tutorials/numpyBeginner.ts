import * as np from 'flambeau/numpy';

/** A walk through arrays with the readings of a small garden: what a beginner meets first. It prints what its original prints. */

function section(title: string): void {
  console.log(`--- ${title}`);
}

section('making arrays');
const a = np.array([3, 1, 4, 1, 5, 9]);
console.log(a);
console.log(a.at(0), a.at(-1), a.length);
a.set([0], 10);
console.log(a);
const grid = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]);
console.log(grid);
console.log(grid.at(1, 3));
console.log(np.zeros(2));
console.log(np.ones(2));
console.log(np.full([2, 3], 7));
console.log(np.arange(4), np.arange(2, 9, 2));
console.log(np.linspace(0, 10, { num: 5 }));
console.log(np.ones(2, { dtype: np.int64 }));
console.log(np.eye(3));
console.log(np.identity(2));
console.log(np.diag([1, 2, 3]));
console.log(np.zeros_like(grid));

section('attributes');
console.log(grid.ndim);
console.log(...grid.shape);
console.log(grid.size);
console.log(grid.dtype);
console.log(grid.itemsize, grid.nbytes);
console.log(...grid.strides);
const cube = np.arange(24).reshape(2, 3, 4);
console.log(cube.ndim, ...cube.shape, cube.size);
console.log(cube);

section('types of elements');
console.log(np.array([1.5, 2.5]).dtype);
console.log(np.array([1, 2], { dtype: np.float32 }));
console.log(np.array([[1, 2], [3, 4]], { dtype: 'complex' }));
console.log(np.array([true, false]).dtype);
console.log(np.array([1.7, -2.2, 3.9]).astype(np.int32));
console.log(np.array([1, 2, 3], { dtype: np.int8 }).add(np.array([1, 2, 3], { dtype: np.float32 })));
console.log(np.iinfo(np.int16).max, np.finfo(np.float32).eps);

section('sorting and joining');
const arr = np.array([2, 1, 5, 3, 7, 4, 6, 8]);
console.log(np.sort(arr));
console.log(np.argsort(arr));
console.log(np.sort(arr).at('::-1'));
const [first, second] = [np.array([1, 2, 3]), np.array([4, 5, 6])];
console.log(np.concatenate([first, second]));
const x = np.array([[1, 2], [3, 4]]);
const y = np.array([[5, 6]]);
console.log(np.concatenate([x, y], { axis: 0 }));
console.log(np.vstack([first, second]));
console.log(np.hstack([first, second]));
console.log(np.column_stack([first, second]));

section('reshaping');
const b = np.arange(6);
console.log(b.reshape(3, 2));
console.log(np.reshape(b, [1, 6]));
console.log(b.reshape(2, -1));
const asRow = b.at(np.newaxis, ':');
const asColumn = b.at(':', np.newaxis);
console.log(...asRow.shape, ...asColumn.shape);
console.log(...np.expand_dims(b, { axis: 1 }).shape, ...np.expand_dims(b, { axis: 0 }).shape);
console.log(x.T);
console.log(...cube.transpose(2, 0, 1).shape);
console.log(cube.flatten().at(':5'));
const flat = x.ravel();
flat.set([0], 99);
console.log(x);
x.set([0, 0], 1);

section('indexing and slicing');
const data = np.array([1, 2, 3, 4, 5]);
console.log(data.at(1), data.at('0:2'), data.at('1:'), data.at('-2:'));
console.log(grid.at(grid.lt(5)));
console.log(grid.at(grid.mod(2).eq(0)));
console.log(grid.at(grid.gt(2).bitwise_and(grid.lt(11))));
console.log(grid.gt(5).bitwise_or(grid.eq(5)));
const [rows, cols] = np.nonzero(grid.lt(5));
console.log(rows, cols);
for (const [r, c] of np.stack([rows, cols], { axis: 1 })) console.log(r.item(), c.item());
console.log(grid.at(...np.nonzero(grid.lt(5))));
console.log(grid.at(':', 1), grid.at('1:3', ':'));
console.log(grid.at('...', -1));
console.log(grid.at('::2', '::-1'));
console.log(grid.at([0, 2], [1, 3]));
console.log(np.where(data.gt(2), data, 0));

section('splitting, views and copies');
const long = np.arange(1, 25).reshape(2, 12);
for (const part of np.hsplit(long, 3)) console.log(part);
const [narrow, wide] = np.hsplit(long, [4]);
console.log(...narrow.shape, ...wide.shape);
const top = grid.at(0, ':');
top.set([0], 99);
console.log(grid);
grid.set([0, 0], 1);
const safe = grid.copy();
safe.set([0, 0], -1);
console.log(grid.at(0, 0), safe.at(0, 0));

section('arithmetic');
const ones = np.ones(2, { dtype: 'int' });
const pair = np.array([1, 2]);
console.log(pair.add(ones), pair.sub(ones), pair.mul(pair), pair.div(pair));
console.log(pair.mul(1.6));
console.log(pair.pow(2), pair.neg(), np.floor_divide(7, [2, 3]), np.mod(7, [2, 3]));
console.log(np.sin([20, 30, 40, 50]).mul(10));
console.log(np.exp(np.arange(3)));
console.log(np.sqrt(np.arange(5)));
const left = np.array([[1, 1], [0, 1]]);
const right = np.array([[2, 0], [3, 4]]);
console.log(left.mul(right));
console.log(left.matmul(right));
console.log(left.dot(right));
const total = np.ones([2, 3], { dtype: 'int' });
total.mul_(3);
console.log(total);
total.add_(total);
console.log(total);

section('reductions');
const d = np.array([1, 2, 3, 4]);
console.log(d.sum(), d.max(), d.min(), d.mean(), d.prod());
const ab = np.array([[0.45, 0.17, 0.34, 0.54], [0.54, 0.05, 0.40, 0.55], [0.12, 0.82, 0.26, 0.57]]);
console.log(ab.sum());
console.log(ab.min({ axis: 0 }));
console.log(ab.max({ axis: 1 }));
console.log(ab.mean({ axis: 0 }));
console.log(ab.std(), ab.var());
console.log(np.cumsum(d));
console.log(ab.argmax({ axis: 1 }), ab.argmin());
console.log(np.median(ab, { axis: 1 }));
console.log(np.percentile(d, 25), np.quantile(d, [0.5, 0.75]));
console.log(ab.sum({ axis: 0, keepdims: true }));
console.log(np.any(ab.gt(0.8)), np.all(ab.gt(0)));

section('decisions');
if (np.any(ab.gt(0.8)).toBoolean()) console.log('some reading is high');
if (!np.all(ab.gt(0.1)).toBoolean()) console.log('some reading is low');
if (np.mean(ab).item() < 0.5) console.log('the mean is below a half');
const high = [...ab.flat].filter((value) => value > 0.54);
console.log(...high);
console.log(np.allclose(ab, ab.add(1e-12)), np.array_equal(d, d.copy()));

section('unique, counting and flipping');
const seen = np.array([11, 11, 12, 13, 14, 15, 16, 17, 12, 13, 11, 14, 18, 19, 20]);
console.log(np.unique(seen));
const [, places] = np.unique(seen, { return_index: true });
console.log(places);
const [, counts] = np.unique(seen, { return_counts: true });
console.log(counts);
console.log(np.unique([[1, 2], [1, 2], [3, 4]]));
console.log(np.bincount([0, 1, 1, 3]));
console.log(np.flip(d));
console.log(np.flip(grid, { axis: 1 }));
console.log(np.flip(grid.at(1)));
console.log(np.roll(d, 1), np.tile(d, 2), np.repeat(pair, 2));

section('broadcasting');
console.log(np.arange(3).reshape(3, 1).add(np.arange(4)));
let table = np.arange(12).reshape(4, 3);
table = table.sub(table.mean({ axis: 0 }));
console.log(table);
console.log(np.outer(pair, d));
console.log(np.add.outer(pair, d));

section('iteration');
for (const row of x) console.log(row, row.sum());
const [p, q] = x;
console.log(p, q);
for (const value of x.flat) console.log(value);
for (const [i, value] of [...pair].entries()) console.log(i, value.mul(2));
console.log(...pair.tolist());
console.log(d.tolist().reduce((sum, value) => sum + value, 0));

section('a formula: the mean squared error');
const predictions = np.array([1, 1.5, 2.5]);
const labels = np.array([1, 2, 3.5]);
const error = np.sum(np.square(predictions.sub(labels))).mul(1 / labels.length);
console.log(error);
console.log(error.item().toFixed(3));

section('random numbers');
const rng = np.random.default_rng(7);
console.log(rng.random(3));
console.log(rng.integers(5, { size: [2, 4] }));
console.log(rng.normal(0, 1, 2));
console.log(rng.permutation(5));
console.log(rng.choice(d, { size: 3 }));

section('a fractal, a few points of it');

function mandelbrot(height: number, width: number, steps = 20): np.ndarray {
  const [xx, yy] = np.meshgrid(np.linspace(-2, 0.8, width), np.linspace(-1.4, 1.4, height));
  const c = xx.add(yy.mul(new np.Complex(0, 1)));
  let z = c;
  const times = np.zeros(z.shape, { dtype: 'int' }).add(steps);
  for (let i = 0; i < steps; i++) {
    z = z.pow(2).add(c);
    const diverges = np.abs(z).gt(2);
    const now = diverges.bitwise_and(times.eq(steps));
    times.set([now], i);
    z.set([diverges], 2);
  }
  return times;
}

console.log(mandelbrot(7, 12));

section('a small regression');
const days = np.arange(8);
const growth = np.array([1.1, 2, 3.2, 3.9, 5.1, 5.8, 7.2, 8]);
let [slope, offset] = [0, 0];
for (let step = 0; step < 200; step++) {
  const residual = days.mul(slope).add(offset).sub(growth);
  slope -= 0.02 * residual.mul(days).mean().item();
  offset -= 0.02 * +residual.mean();
}
console.log(slope.toFixed(4), offset.toFixed(4));
const design = np.stack([days, np.ones(8)], { axis: 1 });
console.log(design.T.matmul(design));
console.log(np.corrcoef(days, growth).at(0, 1).gt(0.99));

section('printing');
console.log(np.array_repr(np.array([1.5, 2])));
console.log(np.arange(10000));
np.set_printoptions({ precision: 3, suppress: true });
console.log(np.array([Math.PI, 1e-8, 100]));
