import * as np from 'flambeau/numpy';

/** A walk through arrays with the readings of a small garden: what a beginner meets first. It prints what its original prints. */

function section(title: string): void {
  console.log(`--- ${title}`);
}

/** A shape as Python prints one. */
function tuple(shape: readonly number[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
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

section('shape manipulation');
let rg = np.random.default_rng(1);
const m = np.floor(rg.random([3, 4]).mul(10));
console.log(m);
console.log(tuple(m.shape));
console.log(m.ravel());
console.log(m.reshape(6, 2));
console.log(m.T);
console.log(tuple(m.T.shape), tuple(m.shape));
const sixWide = m.reshape(2, 6);
console.log(sixWide);
console.log(m.reshape(3, -1));
console.log(np.resize(m, [2, 3]));
console.log(tuple(np.moveaxis(cube, 0, -1).shape), tuple(np.swapaxes(cube, 0, 2).shape));
console.log(tuple(np.squeeze(sixWide.at(np.newaxis, ':', ':', np.newaxis)).shape));
console.log(np.ravel(sixWide, { order: 'F' }));
console.log(tuple(np.rot90(sixWide).shape), np.rot90([[1, 2], [3, 4]]));

section('stacking together');
const s = np.floor(rg.random([2, 2]).mul(10));
const t = np.floor(rg.random([2, 2]).mul(10));
console.log(s);
console.log(t);
console.log(np.vstack([s, t]));
console.log(np.hstack([s, t]));
console.log(np.column_stack([s, t]));
const u = np.array([4, 2], { dtype: 'float64' });
const v = np.array([3, 8], { dtype: 'float64' });
console.log(np.column_stack([u, v]));
console.log(np.hstack([u, v]));
console.log(u.at(':', np.newaxis));
console.log(np.column_stack([u.at(':', np.newaxis), v.at(':', np.newaxis)]));
console.log(np.hstack([u.at(':', np.newaxis), v.at(':', np.newaxis)]));
console.log(tuple(np.dstack([s, t]).shape), np.stack([s, t], { axis: -1 }).at(0));
console.log(np.append(u, [1.5, 2.5]), np.insert(u, 1, 9.5), np.delete(np.arange(5), [1, 3]));

section('splitting one array into several');
const w = np.floor(rg.random([2, 12]).mul(10));
console.log(w);
for (const part of np.hsplit(w, 3)) console.log(part);
for (const part of np.hsplit(w, [3, 4])) console.log(tuple(part.shape));
for (const part of np.array_split(np.arange(7), 3)) console.log(part);
const [upper, lower] = np.vsplit(w, 2);
console.log(tuple(upper.shape), lower.sum());

section('no copy, view, deep copy');
const base = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]);
const same = base;
console.log(same === base);
let view = base.view();
console.log(view === base, view.flags.owndata);
view = view.reshape(2, 6);
console.log(tuple(base.shape));
view.set([0, 4], 1234);
console.log(base);
const middle = base.at(':', '1:3');
middle.set([':'], 10);
console.log(base);
const deep = base.copy();
console.log(deep === base, np.shares_memory(deep, base), np.shares_memory(middle, base));
deep.set([0, 0], 9999);
console.log(base);
const kept = np.arange(1_000_000).at(':5').copy();
console.log(kept, kept.flags.owndata);

section('arrays of indices');
const squares = np.arange(12).pow(2);
const i = np.array([1, 1, 3, 8, 5]);
console.log(squares.at(i));
const j = np.array([[3, 4], [9, 7]]);
console.log(squares.at(j));
const palette = np.array([[0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]);
const image = np.array([[0, 1, 2, 0], [0, 3, 4, 0]]);
console.log(palette.at(image));
console.log(tuple(palette.at(image).shape));
table = np.arange(12).reshape(3, 4);
const down = np.array([[0, 1], [1, 2]]);
const across = np.array([[2, 1], [3, 3]]);
console.log(table.at(down, across));
console.log(table.at(down, 2));
console.log(table.at(':', across));
const moments = np.linspace(20, 145, 5);
const series = np.sin(np.arange(20)).reshape(5, 4);
console.log(moments);
console.log(series);
const ind = series.argmax({ axis: 0 });
console.log(ind);
console.log(moments.at(ind));
const seriesMax = series.at(ind, np.arange(series.shape[1]));
console.log(seriesMax, np.all(seriesMax.eq(series.max({ axis: 0 }))));
let five = np.arange(5);
five.set([[1, 3, 4]], 0);
console.log(five);
five = np.arange(5);
five.set([[0, 0, 2]], [1, 2, 3]);
console.log(five);
five = np.arange(5);
five.set([[0, 0, 2]], five.at([0, 0, 2]).add(1));
console.log(five);
np.add.at(five, [0, 0, 2], 1);
console.log(five);
console.log(np.take(squares, [0, 2]), np.take_along_axis(series, series.argsort({ axis: 1 }), { axis: 1 }).at(0));

section('masks');
const large = table.gt(4);
console.log(large);
console.log(table.at(large));
table.set([large], 0);
console.log(table);
table = np.arange(12).reshape(3, 4);
const b1 = np.array([false, true, true]);
const b2 = np.array([true, false, true, false]);
console.log(table.at(b1, ':'));
console.log(table.at(b1));
console.log(table.at(':', b2));
console.log(table.at(b1, b2));
console.log(np.count_nonzero(large), np.flatnonzero(b2), np.argwhere(b1));
console.log(np.extract(table.mod(3).eq(0), table), np.compress(b2, table, { axis: 1 }));
console.log(np.select([table.lt(3), table.gt(8)], [table, table.mul(10)], { default: -1 }));
console.log(np.logical_xor(b1, [true, true, false]), b2.invert());

section('the ix_ function');
const xa = np.array([2, 3, 4, 5]);
const xb = np.array([8, 5, 4]);
const xc = np.array([5, 4, 6, 8, 3]);
const [ax, bx, cx] = np.ix_(xa, xb, xc);
console.log(tuple(ax.shape), tuple(bx.shape), tuple(cx.shape));
const result = ax.add(bx.mul(cx));
console.log(result);
console.log(result.at(3, 2, 4), xa.at(3).add(xb.at(2).mul(xc.at(4))));

function ufuncReduce(ufunc: (x1: np.ndarray, x2: np.ndarray) => np.ndarray, ...vectors: np.ndarray[]): np.ndarray {
  let r = np.array(0);
  for (const v of np.ix_(...vectors)) r = ufunc(r, v);
  return r;
}

console.log(tuple(ufuncReduce(np.add, xa, xb, xc).shape));

section('rules of broadcasting');
console.log(tuple(np.broadcast_shapes([8, 1, 6, 1], [7, 1, 5])));
const rgb = np.ones([2, 2, 3]).mul(np.array([0.5, 2, 1]));
console.log(rgb.at(0, 0), tuple(rgb.shape));
const observation = np.array([111, 188], { dtype: 'float64' });
const codes = np.array([[102, 203], [132, 193], [45, 155], [57, 173]], { dtype: 'float64' });
const diff = codes.sub(observation);
const dist = np.sqrt(np.sum(diff.pow(2), { axis: -1 }));
console.log(np.argmin(dist), dist);
console.log(np.broadcast_to([1, 2, 3], [2, 3]));
try {
  np.ones([3, 4]).add(np.ones(3));
} catch (error) {
  if (error instanceof Error && error.name === 'ValueError') console.log(error.message);
}

section('histograms');
rg = np.random.default_rng(1);
const [mu, sigma] = [2, 0.5];
const draws = rg.normal(mu, sigma, 10000);
const [tallies, bins] = np.histogram(draws, { bins: 10 });
console.log(tallies);
console.log(bins);
const [heights, edges] = np.histogram(draws, { bins: [0, 1, 2, 3, 4], density: true });
console.log(heights, edges);
const centers = edges.at('1:').add(edges.at(':-1')).mul(0.5);
console.log(centers, np.digitize([0.5, 1.5, 3.9], edges));
for (const [k, center] of [...centers].entries()) {
  console.log(`${center.item().toFixed(1)} ${'#'.repeat(Math.trunc(40 * heights.at(k).item()))}`);
}

section('functions and universal functions');
const f = (x: np.ndarray, y: np.ndarray): np.ndarray => x.mul(10).add(y);
const digits = np.fromfunction(f, [5, 4], { dtype: 'int' });
console.log(digits);
console.log(digits.at(2, 3), digits.at('0:5', 1), digits.at(-1));
const c3 = np.array([[[0, 1, 2], [10, 12, 13]], [[100, 101, 102], [110, 112, 113]]]);
console.log(c3.at(1, '...'), c3.at('...', 2));
const [B, C] = [np.arange(3), np.array([2, -1, 4], { dtype: 'float64' })];
console.log(np.exp(B), np.sqrt(B), np.add(B, C));
console.log(np.add.reduce(B), np.multiply.accumulate([1, 2, 3, 4]), np.subtract.outer(B, B));
console.log(np.maximum(B, C), np.floor(C.div(2)), np.sign(C), np.clip(C, 0, 3));
console.log(np.diff(squares), np.cumprod(xa), np.interp(1.5, B, C));
console.log(np.convolve([1, 2, 3], [0, 1, 0.5]), np.trapezoid(C));
console.log(np.einsum('ij,j->i', table, xa), np.inner(xa, xa), np.kron([1, 10], [1, 2]));

section('missing values');
const holes = np.array([1, NaN, 3, Infinity]);
console.log(np.isnan(holes), np.isfinite(holes));
const few = holes.at(':3');
console.log(np.nanmean(few), np.nansum(few), np.nanmax(few), np.nanargmin(few));
console.log(np.nan_to_num(holes, { nan: 0, posinf: 9 }));
console.log(np.sort([2, NaN, 1]), np.isclose(0.1 + 0.2, 0.3));

section('sets');
console.log(np.union1d([1, 2, 3], [3, 4]), np.intersect1d([1, 2, 3], [3, 2]), np.setdiff1d([1, 2, 3], [2]));
console.log(np.isin([1, 2, 3], [2, 3]), np.searchsorted([1, 3, 5], [0, 3, 6]));

section('saving and reading');
const dataBytes = np.save(base);
const again = np.load(dataBytes);
console.log(again, again.dtype);
console.log(np.array_equal(base, again));
const archive = np.savez({ heights: holes, grid: base });
const file = np.load<np.NpzFile>(archive);
console.log(...[...file.files].sort(), tuple(file.get('grid').shape), file.get('heights'));
const raw = base.astype(np.int16).tobytes();
console.log(raw.length, np.frombuffer(raw, { dtype: np.int16 }).at(':4'));
const text = '3.5, 2, 7\n1, 4.25, 9';
const lines = np.array(text.split('\n').map((line) => line.split(',').map(Number)));
console.log(lines, lines.mean({ axis: 0 }));

section('the game of life');
let field = np.zeros([6, 6], { dtype: 'int' });
field.set(['1:4', '1:4'], [[0, 1, 0], [0, 0, 1], [1, 1, 1]]);
for (let generation = 0; generation < 4; generation++) {
  const around = np.zeros_like(field);
  for (const dy of [-1, 0, 1]) {
    for (const dx of [-1, 0, 1]) {
      if (dy !== 0 || dx !== 0) around.add_(np.roll(np.roll(field, dy, { axis: 0 }), dx, { axis: 1 }));
    }
  }
  field = around.eq(3).bitwise_or(field.eq(1).bitwise_and(around.eq(2))).astype('int');
  console.log(generation, field.sum());
}
console.log(field);
console.log(np.pad(field.at('2:5', '2:5'), 1), np.unique(field, { return_counts: true })[1]);

section('printing');
console.log(np.array_repr(np.array([1.5, 2])));
console.log(np.arange(10000));
np.set_printoptions({ precision: 3, suppress: true });
console.log(np.array([Math.PI, 1e-8, 100]));
