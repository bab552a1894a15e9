import torch
from torch import nn

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
torch.manual_seed(0)

print(torch.cuda.is_available() == (device.type != 'cpu'))

x = torch.randn(1)
y = torch.ones_like(x, device=device)
x = x.to(device)
z = x + y
print(z.cpu())
print(z.to('cpu', torch.double))

print(y.cpu().data.numpy())

model = nn.Linear(2, 2)
model.to(device)
print(model.weight.device.type == device.type)
print(model.weight.is_cuda == (device.type != 'cpu'))
out = model(torch.ones([3, 2], device=device))
out.sum().backward()
print(out.cpu().detach())
print(model.weight.grad.cpu())
