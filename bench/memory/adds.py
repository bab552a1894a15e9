"""The same loops in NumPy: prints the microseconds of an add whose result is dropped, for each number of elements."""
import json
import sys
import time

import numpy as np

result = {}
for elements in map(int, sys.argv[1:]):
    x = np.ones(elements, np.float32)
    y = np.ones(elements, np.float32)
    count = min(2 ** 30 // (4 * elements), 2_000_000)
    for _ in range(min(count, 300)):
        np.add(x, y)
    start = time.perf_counter()
    for _ in range(count):
        np.add(x, y)
    result[elements] = (time.perf_counter() - start) / count * 1e6
print(json.dumps(result))
