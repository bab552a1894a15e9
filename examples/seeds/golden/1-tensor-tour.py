import torch
torch.manual_seed(0)

x = torch.empty(5, 3)
print(x)

x = torch.rand(5, 3)
print(x)

x = torch.zeros(5, 3, dtype=torch.long)
print(x)

x = torch.zeros(5, 3).long()
print(x.dtype)

x = torch.tensor([5.5, 3])
print(x)

x = x.new_ones(5, 3, dtype=torch.double)
print(x)

x = torch.randn_like(x, dtype=torch.float)
print(x)

print(x.shape)

y = torch.rand(5, 3)
print(y)

print(x + y)

print(torch.add(x, y))

result = torch.empty(5, 3)
torch.add(x, y, out=result)
# result = x + y
print(result)

y.add_(x)
print(y)

print(x[1:, 1:])

x = torch.randn(4, 4)
y = x.view(16)
z = x.view(-1, 8)
print(z)

x = torch.randn(1)
print(x)

print(x.item())

print(z.transpose(1, 0))
