"""A walk through arrays with the readings of a small garden: what a beginner meets first."""

import io

import numpy as np


def section(title):
    print(f"--- {title}")


section("making arrays")
a = np.array([3, 1, 4, 1, 5, 9])
print(a)
print(a[0], a[-1], len(a))
a[0] = 10
print(a)
grid = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]])
print(grid)
print(grid[1, 3])
print(np.zeros(2))
print(np.ones(2))
print(np.full((2, 3), 7))
print(np.arange(4), np.arange(2, 9, 2))
print(np.linspace(0, 10, num=5))
print(np.ones(2, dtype=np.int64))
print(np.eye(3))
print(np.identity(2))
print(np.diag([1, 2, 3]))
print(np.zeros_like(grid))

section("attributes")
print(grid.ndim)
print(*grid.shape)
print(grid.size)
print(grid.dtype)
print(grid.itemsize, grid.nbytes)
print(*grid.strides)
cube = np.arange(24).reshape(2, 3, 4)
print(cube.ndim, *cube.shape, cube.size)
print(cube)

section("types of elements")
print(np.array([1.5, 2.5]).dtype)
print(np.array([1, 2], dtype=np.float32))
print(np.array([[1, 2], [3, 4]], dtype=complex))
print(np.array([True, False]).dtype)
print(np.array([1.7, -2.2, 3.9]).astype(np.int32))
print(np.array([1, 2, 3], dtype=np.int8) + np.array([1, 2, 3], dtype=np.float32))
print(np.iinfo(np.int16).max, np.finfo(np.float32).eps)

section("sorting and joining")
arr = np.array([2, 1, 5, 3, 7, 4, 6, 8])
print(np.sort(arr))
print(np.argsort(arr))
print(np.sort(arr)[::-1])
first, second = np.array([1, 2, 3]), np.array([4, 5, 6])
print(np.concatenate((first, second)))
x = np.array([[1, 2], [3, 4]])
y = np.array([[5, 6]])
print(np.concatenate((x, y), axis=0))
print(np.vstack((first, second)))
print(np.hstack((first, second)))
print(np.column_stack((first, second)))

section("reshaping")
b = np.arange(6)
print(b.reshape(3, 2))
print(np.reshape(b, (1, 6)))
print(b.reshape(2, -1))
row = b[np.newaxis, :]
column = b[:, np.newaxis]
print(*row.shape, *column.shape)
print(*np.expand_dims(b, axis=1).shape, *np.expand_dims(b, axis=0).shape)
print(x.T)
print(*cube.transpose(2, 0, 1).shape)
print(cube.flatten()[:5])
flat = x.ravel()
flat[0] = 99
print(x)
x[0, 0] = 1

section("indexing and slicing")
data = np.array([1, 2, 3, 4, 5])
print(data[1], data[0:2], data[1:], data[-2:])
print(grid[grid < 5])
print(grid[grid % 2 == 0])
print(grid[(grid > 2) & (grid < 11)])
print((grid > 5) | (grid == 5))
rows, cols = np.nonzero(grid < 5)
print(rows, cols)
for r, c in zip(rows, cols):
    print(int(r), int(c))
print(grid[np.nonzero(grid < 5)])
print(grid[:, 1], grid[1:3, :])
print(grid[..., -1])
print(grid[::2, ::-1])
print(grid[[0, 2], [1, 3]])
print(np.where(data > 2, data, 0))

section("splitting, views and copies")
long = np.arange(1, 25).reshape(2, 12)
for part in np.hsplit(long, 3):
    print(part)
left, right = np.hsplit(long, [4])
print(*left.shape, *right.shape)
top = grid[0, :]
top[0] = 99
print(grid)
grid[0, 0] = 1
safe = grid.copy()
safe[0, 0] = -1
print(grid[0, 0], safe[0, 0])

section("arithmetic")
ones = np.ones(2, dtype=int)
pair = np.array([1, 2])
print(pair + ones, pair - ones, pair * pair, pair / pair)
print(pair * 1.6)
print(pair**2, -pair, 7 // np.array([2, 3]), 7 % np.array([2, 3]))
print(10 * np.sin(np.array([20, 30, 40, 50])))
print(np.exp(np.arange(3)))
print(np.sqrt(np.arange(5)))
left = np.array([[1, 1], [0, 1]])
right = np.array([[2, 0], [3, 4]])
print(left * right)
print(left @ right)
print(left.dot(right))
total = np.ones((2, 3), dtype=int)
total *= 3
print(total)
total += total
print(total)

section("reductions")
d = np.array([1, 2, 3, 4])
print(d.sum(), d.max(), d.min(), d.mean(), d.prod())
ab = np.array([[0.45, 0.17, 0.34, 0.54], [0.54, 0.05, 0.40, 0.55], [0.12, 0.82, 0.26, 0.57]])
print(ab.sum())
print(ab.min(axis=0))
print(ab.max(axis=1))
print(ab.mean(axis=0))
print(ab.std(), ab.var())
print(np.cumsum(d))
print(ab.argmax(axis=1), ab.argmin())
print(np.median(ab, axis=1))
print(np.percentile(d, 25), np.quantile(d, [0.5, 0.75]))
print(ab.sum(axis=0, keepdims=True))
print(np.any(ab > 0.8), np.all(ab > 0))

section("decisions")
if np.any(ab > 0.8):
    print("some reading is high")
if not np.all(ab > 0.1):
    print("some reading is low")
if np.mean(ab) < 0.5:
    print("the mean is below a half")
high = [float(value) for value in ab.flat if value > 0.54]
print(*high)
print(np.allclose(ab, ab + 1e-12), np.array_equal(d, d.copy()))

section("unique, counting and flipping")
seen = np.array([11, 11, 12, 13, 14, 15, 16, 17, 12, 13, 11, 14, 18, 19, 20])
print(np.unique(seen))
values, places = np.unique(seen, return_index=True)
print(places)
values, counts = np.unique(seen, return_counts=True)
print(counts)
print(np.unique(np.array([[1, 2], [1, 2], [3, 4]])))
print(np.bincount(np.array([0, 1, 1, 3])))
print(np.flip(d))
print(np.flip(grid, axis=1))
print(np.flip(grid[1]))
print(np.roll(d, 1), np.tile(d, 2), np.repeat(pair, 2))

section("broadcasting")
print(np.arange(3).reshape(3, 1) + np.arange(4))
table = np.arange(12).reshape(4, 3)
table = table - table.mean(axis=0)
print(table)
print(np.outer(pair, d))
print(np.add.outer(pair, d))

section("iteration")
for row in x:
    print(row, row.sum())
p, q = x
print(p, q)
for value in x.flat:
    print(int(value))
for i, value in enumerate(pair):
    print(i, value * 2)
print(*[int(v) for v in pair])
print(sum(int(v) for v in d))

section("a formula: the mean squared error")
predictions = np.array([1.0, 1.5, 2.5])
labels = np.array([1.0, 2.0, 3.5])
error = (1 / len(labels)) * np.sum(np.square(predictions - labels))
print(error)
print(f"{error:.3f}")

section("random numbers")
rng = np.random.default_rng(7)
print(rng.random(3))
print(rng.integers(5, size=(2, 4)))
print(rng.normal(0, 1, 2))
print(rng.permutation(5))
print(rng.choice(d, size=3))

section("a fractal, a few points of it")


def mandelbrot(height, width, steps=20):
    xx, yy = np.meshgrid(np.linspace(-2, 0.8, width), np.linspace(-1.4, 1.4, height))
    c = xx + yy * 1j
    z = c
    times = steps + np.zeros(z.shape, dtype=int)
    for i in range(steps):
        z = z**2 + c
        diverges = abs(z) > 2
        now = diverges & (times == steps)
        times[now] = i
        z[diverges] = 2
    return times


print(mandelbrot(7, 12))

section("a small regression")
days = np.arange(8)
growth = np.array([1.1, 2.0, 3.2, 3.9, 5.1, 5.8, 7.2, 8.0])
slope, offset = 0.0, 0.0
for step in range(200):
    residual = slope * days + offset - growth
    slope -= 0.02 * (residual * days).mean()
    offset -= 0.02 * residual.mean()
print(f"{slope:.4f} {offset:.4f}")
design = np.stack([days, np.ones(8)], axis=1)
print(design.T @ design)
print(np.corrcoef(days, growth)[0, 1] > 0.99)

section("shape manipulation")
rg = np.random.default_rng(1)
m = np.floor(10 * rg.random((3, 4)))
print(m)
print(m.shape)
print(m.ravel())
print(m.reshape(6, 2))
print(m.T)
print(m.T.shape, m.shape)
m.resize((2, 6))
print(m)
print(m.reshape(3, -1))
print(np.resize(m, (2, 3)))
print(np.moveaxis(cube, 0, -1).shape, np.swapaxes(cube, 0, 2).shape)
print(np.squeeze(m[np.newaxis, :, :, np.newaxis]).shape)
print(np.ravel(m, order="F"))
print(np.rot90(m).shape, np.rot90([[1, 2], [3, 4]]))

section("stacking together")
s = np.floor(10 * rg.random((2, 2)))
t = np.floor(10 * rg.random((2, 2)))
print(s)
print(t)
print(np.vstack((s, t)))
print(np.hstack((s, t)))
print(np.column_stack((s, t)))
u = np.array([4.0, 2.0])
v = np.array([3.0, 8.0])
print(np.column_stack((u, v)))
print(np.hstack((u, v)))
print(u[:, np.newaxis])
print(np.column_stack((u[:, np.newaxis], v[:, np.newaxis])))
print(np.hstack((u[:, np.newaxis], v[:, np.newaxis])))
print(np.dstack((s, t)).shape, np.stack((s, t), axis=-1)[0])
print(np.append(u, [1.5, 2.5]), np.insert(u, 1, 9.5), np.delete(np.arange(5), [1, 3]))

section("splitting one array into several")
w = np.floor(10 * rg.random((2, 12)))
print(w)
for part in np.hsplit(w, 3):
    print(part)
for part in np.hsplit(w, (3, 4)):
    print(part.shape)
for part in np.array_split(np.arange(7), 3):
    print(part)
upper, lower = np.vsplit(w, 2)
print(upper.shape, lower.sum())

section("no copy, view, deep copy")
base = np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]])
same = base
print(same is base)
view = base.view()
print(view is base, view.flags.owndata)
view = view.reshape((2, 6))
print(base.shape)
view[0, 4] = 1234
print(base)
middle = base[:, 1:3]
middle[:] = 10
print(base)
deep = base.copy()
print(deep is base, np.shares_memory(deep, base), np.shares_memory(middle, base))
deep[0, 0] = 9999
print(base)
kept = np.arange(1_000_000)[:5].copy()
print(kept, kept.base is None)

section("arrays of indices")
squares = np.arange(12) ** 2
i = np.array([1, 1, 3, 8, 5])
print(squares[i])
j = np.array([[3, 4], [9, 7]])
print(squares[j])
palette = np.array([[0, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]])
image = np.array([[0, 1, 2, 0], [0, 3, 4, 0]])
print(palette[image])
print(palette[image].shape)
table = np.arange(12).reshape(3, 4)
down = np.array([[0, 1], [1, 2]])
across = np.array([[2, 1], [3, 3]])
print(table[down, across])
print(table[down, 2])
print(table[:, across])
moments = np.linspace(20, 145, 5)
series = np.sin(np.arange(20)).reshape(5, 4)
print(moments)
print(series)
ind = series.argmax(axis=0)
print(ind)
print(moments[ind])
series_max = series[ind, range(series.shape[1])]
print(series_max, np.all(series_max == series.max(axis=0)))
five = np.arange(5)
five[[1, 3, 4]] = 0
print(five)
five = np.arange(5)
five[[0, 0, 2]] = [1, 2, 3]
print(five)
five = np.arange(5)
five[[0, 0, 2]] += 1
print(five)
np.add.at(five, [0, 0, 2], 1)
print(five)
print(np.take(squares, [0, 2]), np.take_along_axis(series, series.argsort(axis=1), axis=1)[0])

section("masks")
large = table > 4
print(large)
print(table[large])
table[large] = 0
print(table)
table = np.arange(12).reshape(3, 4)
b1 = np.array([False, True, True])
b2 = np.array([True, False, True, False])
print(table[b1, :])
print(table[b1])
print(table[:, b2])
print(table[b1, b2])
print(np.count_nonzero(large), np.flatnonzero(b2), np.argwhere(b1))
print(np.extract(table % 3 == 0, table), np.compress(b2, table, axis=1))
print(np.select([table < 3, table > 8], [table, table * 10], default=-1))
print(np.logical_xor(b1, [True, True, False]), ~b2)

section("the ix_ function")
xa = np.array([2, 3, 4, 5])
xb = np.array([8, 5, 4])
xc = np.array([5, 4, 6, 8, 3])
ax, bx, cx = np.ix_(xa, xb, xc)
print(ax.shape, bx.shape, cx.shape)
result = ax + bx * cx
print(result)
print(result[3, 2, 4], xa[3] + xb[2] * xc[4])


def ufunc_reduce(ufunc, *vectors):
    r = 0
    for v in np.ix_(*vectors):
        r = ufunc(r, v)
    return r


print(ufunc_reduce(np.add, xa, xb, xc).shape)

section("rules of broadcasting")
print(np.broadcast_shapes((8, 1, 6, 1), (7, 1, 5)))
rgb = np.ones((2, 2, 3)) * np.array([0.5, 2.0, 1.0])
print(rgb[0, 0], rgb.shape)
observation = np.array([111.0, 188.0])
codes = np.array([[102.0, 203.0], [132.0, 193.0], [45.0, 155.0], [57.0, 173.0]])
diff = codes - observation
dist = np.sqrt(np.sum(diff**2, axis=-1))
print(np.argmin(dist), dist)
print(np.broadcast_to([1, 2, 3], (2, 3)))
try:
    np.ones((3, 4)) + np.ones(3)
except ValueError as error:
    print(error)

section("histograms")
rg = np.random.default_rng(1)
mu, sigma = 2, 0.5
draws = rg.normal(mu, sigma, 10000)
counts, bins = np.histogram(draws, bins=10)
print(counts)
print(bins)
n, edges = np.histogram(draws, bins=[0, 1, 2, 3, 4], density=True)
print(n, edges)
centers = 0.5 * (edges[1:] + edges[:-1])
print(centers, np.digitize([0.5, 1.5, 3.9], edges))
for height, center in zip(n, centers):
    print(f"{center:.1f} " + "#" * int(40 * height))

section("functions and universal functions")


def f(x, y):
    return 10 * x + y


places = np.fromfunction(f, (5, 4), dtype=int)
print(places)
print(places[2, 3], places[0:5, 1], places[-1])
c3 = np.array([[[0, 1, 2], [10, 12, 13]], [[100, 101, 102], [110, 112, 113]]])
print(c3[1, ...], c3[..., 2])
B, C = np.arange(3), np.array([2.0, -1.0, 4.0])
print(np.exp(B), np.sqrt(B), np.add(B, C))
print(np.add.reduce(B), np.multiply.accumulate([1, 2, 3, 4]), np.subtract.outer(B, B))
print(np.maximum(B, C), np.floor(C / 2), np.sign(C), np.clip(C, 0, 3))
print(np.diff(squares), np.cumprod(xa), np.interp(1.5, B, C))
print(np.convolve([1, 2, 3], [0, 1, 0.5]), np.trapezoid(C))
print(np.einsum("ij,j->i", table, xa), np.inner(xa, xa), np.kron([1, 10], [1, 2]))

section("missing values")
holes = np.array([1.0, np.nan, 3.0, np.inf])
print(np.isnan(holes), np.isfinite(holes))
print(np.nanmean(holes[:3]), np.nansum(holes[:3]), np.nanmax(holes[:3]), np.nanargmin(holes[:3]))
print(np.nan_to_num(holes, nan=0.0, posinf=9.0))
print(np.sort([2.0, np.nan, 1.0]), np.isclose(0.1 + 0.2, 0.3))

section("sets")
print(np.union1d([1, 2, 3], [3, 4]), np.intersect1d([1, 2, 3], [3, 2]), np.setdiff1d([1, 2, 3], [2]))
print(np.isin([1, 2, 3], [2, 3]), np.searchsorted([1, 3, 5], [0, 3, 6]))

section("saving and reading")
data_bytes = io.BytesIO()
np.save(data_bytes, base)
data_bytes.seek(0)
again = np.load(data_bytes)
print(again, again.dtype)
print(np.array_equal(base, again))
archive = io.BytesIO()
np.savez(archive, heights=holes, grid=base)
archive.seek(0)
file = np.load(archive)
print(*sorted(file.files), file["grid"].shape, file["heights"])
raw = base.astype(np.int16).tobytes()
print(len(raw), np.frombuffer(raw, dtype=np.int16)[:4])
text = "3.5, 2, 7\n1, 4.25, 9"
rows = np.array([[float(word) for word in line.split(",")] for line in text.split("\n")])
print(rows, rows.mean(axis=0))

section("the game of life")
field = np.zeros((6, 6), dtype=int)
field[1:4, 1:4] = [[0, 1, 0], [0, 0, 1], [1, 1, 1]]
for generation in range(4):
    around = sum(
        np.roll(np.roll(field, dy, axis=0), dx, axis=1) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0)
    )
    field = ((around == 3) | ((field == 1) & (around == 2))).astype(int)
    print(generation, field.sum())
print(field)
print(np.pad(field[2:5, 2:5], 1), np.unique(field, return_counts=True)[1])

section("printing")
print(repr(np.array([1.5, 2.0])))
print(np.arange(10000))
np.set_printoptions(precision=3, suppress=True)
print(np.array([np.pi, 1e-8, 100.0]))
