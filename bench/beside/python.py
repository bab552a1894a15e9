"""The same rows in NumPy or in PyTorch, as the argument says, on one thread: prints the version and the microseconds of a run."""
import json
import os
import sys
import time

for name in ('OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'OMP_NUM_THREADS'):
    os.environ[name] = '1'


def numpy_work():
    import numpy as np
    random = np.random.default_rng(0)
    a, b, c, d = (random.random(shape, np.float32) for shape in [(1024, 1024)] * 2 + [(64, 64)] * 2)
    x, y, u, v = (random.random(size, np.float32) for size in [1_000_000] * 2 + [64] * 2)
    return np.__version__, {
        'product': lambda: a @ b, 'smallProduct': lambda: c @ d, 'add': lambda: x + y, 'smallAdd': lambda: u + v,
        'exp': lambda: np.exp(x), 'sum': lambda: x.sum(), 'sort': lambda: np.sort(x),
    }


def torch_work():
    import torch
    from torch import nn
    torch.set_num_threads(1)
    a, b, c, d = (torch.rand(shape) for shape in [(1024, 1024)] * 2 + [(64, 64)] * 2)
    x, y, u, v = (torch.rand(size) for size in [1_000_000] * 2 + [64] * 2)
    model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    pictures, digits = torch.rand(64, 784), torch.randint(0, 10, [64])

    def step():
        loss = nn.functional.cross_entropy(model(pictures), digits)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return torch.__version__, {
        'product': lambda: a @ b, 'smallProduct': lambda: c @ d, 'add': lambda: x + y, 'smallAdd': lambda: u + v,
        'exp': lambda: x.exp(), 'sum': lambda: x.sum(), 'sort': lambda: x.sort(), 'training': step,
    }


def lasting(run, times):
    start = time.perf_counter()
    for _ in range(times):
        run()
    return time.perf_counter() - start


version, work = {'numpy': numpy_work, 'torch': torch_work}[sys.argv[1]]()
times = {}
for row, run in work.items():
    count = 1
    while lasting(run, count) < 0.1:
        count *= 2
    lasting(run, count)
    times[row] = min(lasting(run, count) / count * 1e6 for _ in range(7))
print(json.dumps({'version': version, 'times': times}))
