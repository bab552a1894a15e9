"""The same rows in NumPy on one thread: reads the groups from the first argument, prints microseconds by row and size."""
import json
import math
import sys
import time
import warnings

import numpy as np

warnings.simplefilter('ignore')
np.seterr(all='ignore')


def operands(n):
    g = np.random.default_rng(0)
    side = math.isqrt(n)
    x, y = g.standard_normal(n), g.standard_normal(n)
    matrix = x[:side * side].reshape(side, side).copy()
    found = {
        'np': np, 'n': n, 'x': x, 'y': y, 'u': g.uniform(0.1, 0.9, n), 'p': g.uniform(0.5, 2, n), 's': np.sort(g.standard_normal(n)),
        'i': g.integers(0, n, n), 'j': g.integers(0, n, n), 'k': g.integers(1, n, n), 'o': g.integers(0, 2, n), 'b': g.random(n) < 0.5,
        'e': g.random(n) < 0.9, 'f': x.astype('float32'), 'g': y.astype('float32'), 'c': x + 1j * y, 'd': y + 2j * x, 'm': matrix,
        'v': x[:side].copy(), 'r': g.integers(0, side, side), 't': np.linspace(-2, 2, 50), 'w': g.integers(0, 256, n).astype('uint8'),
        'z': np.zeros(n), 'h': x[:n // 3 * 3].reshape(-1, 3),
    }
    if n <= 512:
        a = g.standard_normal((n, n))
        found |= {'A': a, 'B': g.standard_normal((n, n)), 'V': g.standard_normal(n), 'P': a @ a.T + n * np.eye(n)}
    return found


def lasting(code, names, count):
    start = time.perf_counter()
    for _ in range(count):
        eval(code, names)
    return time.perf_counter() - start


times = {}
for group in json.loads(sys.argv[1]):
    for n in group['sizes']:
        names = operands(n)
        for row in group['rows']:
            code = compile(row, row, 'eval')
            try:
                once = lasting(code, names, 1)
            except Exception as error:
                print(f'{row}: {error}', file=sys.stderr)
                continue
            count = 1
            while once * count < 0.01 and lasting(code, names, count) < 0.01:
                count *= 2
            samples = [once] if once > 2 else sorted(lasting(code, names, count) / count for _ in range(5))
            times[f'{row} {n}'] = samples[len(samples) // 2] * 1e6
print(json.dumps({'version': np.__version__, 'times': times}))
