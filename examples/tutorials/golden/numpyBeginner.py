"""A walk through arrays with the readings of a small garden: what a beginner meets first."""

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

section("printing")
print(repr(np.array([1.5, 2.0])))
print(np.arange(10000))
np.set_printoptions(precision=3, suppress=True)
print(np.array([np.pi, 1e-8, 100.0]))
