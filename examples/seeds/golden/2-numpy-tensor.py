import torch
import numpy as np

a = torch.ones(5)
print(a)

b = a.numpy()
print(b)

b[1] = 2
print(b)

print(a)

a.add_(1)
print(a)
print(b)

a = np.ones(5)
b = torch.from_numpy(a)
np.add(a, 1, out=a)
print(a)

print(b)

arr = np.array([[1, 2, 3], [4, 5, 6]])
print(arr)

t = torch.from_numpy(arr)
print(t)

arr[0, 0] = 0
print(arr, t)

t[1, 1] = 100
print(arr, t)
