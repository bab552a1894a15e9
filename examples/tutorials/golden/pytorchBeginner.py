"""From tensors to a trained classifier of points in three rings: what a beginner of PyTorch meets first."""

import math

import numpy as np
import torch
from torch import nn, optim
from torch.utils.data import DataLoader, Dataset, TensorDataset, random_split


def section(title):
    print(f"--- {title}")


section("tensors")
data = [[1, 2], [3, 4]]
x_data = torch.tensor(data)
print(x_data)
np_array = np.array(data)
x_np = torch.from_numpy(np_array)
print(x_np)
x_ones = torch.ones_like(x_data)
print(x_ones)
torch.manual_seed(1)
x_rand = torch.rand_like(x_data, dtype=torch.float)
print(x_rand)
shape = (2, 3)
print(torch.rand(shape))
print(torch.ones(shape))
print(torch.zeros(shape))
print(torch.empty(0).shape)
print(torch.arange(5), torch.linspace(0, 1, 3))

section("attributes")
tensor = torch.rand(3, 4)
print(f"Shape of tensor: {tensor.shape}")
print(f"Datatype of tensor: {tensor.dtype}")
print(f"Device tensor is stored on: {tensor.device}")
print(tensor.ndim, tensor.numel(), *tensor.stride(), tensor.is_contiguous())
print(torch.tensor([1, 2, 3], dtype=torch.float64))
print(x_data.size(), x_data.size(0))

section("indexing")
tensor = torch.arange(12.0).reshape(3, 4)
print(f"First row: {tensor[0]}")
print(f"First column: {tensor[:, 0]}")
print(f"Last column: {tensor[..., -1]}")
tensor[:, 1] = 0
print(tensor)
print(tensor[tensor > 5])
print(tensor[[0, 2]])
print(tensor[1:, ::2])

section("joining and shapes")
t1 = torch.cat([tensor, tensor, tensor], dim=1)
print(t1)
print(torch.stack([tensor[0], tensor[1]]).shape)
print(tensor.view(4, 3))
print(tensor.T.shape, tensor.unsqueeze(0).shape, tensor.flatten().shape)
print(tensor.permute(1, 0).shape, tensor.reshape(-1, 2).shape)
print(*torch.chunk(torch.arange(6), 3))
print(*torch.split(torch.arange(5), 2))
print(torch.squeeze(torch.zeros(1, 3, 1)).shape)

section("arithmetic")
y1 = tensor @ tensor.T
y2 = tensor.matmul(tensor.T)
y3 = torch.rand_like(y1)
torch.matmul(tensor, tensor.T, out=y3)
print(y1)
print(torch.equal(y1, y2), torch.equal(y1, y3))
z1 = tensor * tensor
z2 = tensor.mul(tensor)
print(z1)
print(torch.allclose(z1, z2))
agg = tensor.sum()
agg_item = agg.item()
print(agg_item == 56, agg)
tensor.add_(5)
print(tensor)
print(torch.exp(torch.zeros(2)), torch.sqrt(torch.tensor([4.0, 9.0])))
print(tensor.mean(), tensor.std(), tensor.max(), tensor.argmax())
print(tensor.sum(dim=0), tensor.mean(dim=1, keepdim=True))
values, places = tensor.max(dim=1)
print(values, places)
print(torch.clamp(torch.tensor([-1.5, 0.5, 2.5]), 0, 1))
print(tensor.softmax(dim=1).sum(1))
top = torch.topk(torch.tensor([3.0, 1.0, 5.0]), 2)
print(top.values, top.indices)
if (tensor > 16).any():
    print("something is large")
print(torch.where(tensor > 10, tensor, torch.zeros(1)))

section("the bridge to NumPy")
t = torch.ones(5)
n = t.numpy()
t.add_(1)
print(t)
print(n)
n = np.ones(5)
t = torch.from_numpy(n)
np.add(n, 1, out=n)
print(t)
print(n)

section("gradients")
x = torch.ones(2, 2, requires_grad=True)
print(x)
y = x + 2
print(y)
print(y.grad_fn is not None, x.grad_fn is None)
z = y * y * 3
out = z.mean()
print(z, out)
out.backward()
print(x.grad)
a = torch.tensor([2.0, 3.0], requires_grad=True)
b = torch.tensor([6.0, 4.0], requires_grad=True)
Q = 3 * a**3 - b**2
external_grad = torch.tensor([1.0, 1.0])
Q.backward(gradient=external_grad)
print(9 * a**2 == a.grad)
print(-2 * b == b.grad)
x = torch.rand(5, 5)
w = torch.rand((5, 5), requires_grad=True)
print((x + x).requires_grad, (x + w).requires_grad)
with torch.no_grad():
    print((x + w).requires_grad)
print(w.detach().requires_grad)
v = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
v.pow(2).sum().backward()
v.pow(2).sum().backward()
print(v.grad)
v.grad.zero_()
print(v.grad)
(dv,) = torch.autograd.grad((v**3).sum(), v)
print(dv)
hooked = torch.ones(2, requires_grad=True)
hooked.register_hook(lambda gradient: gradient * 2)
hooked.sum().backward()
print(hooked.grad)

section("one neuron by hand")
inp = torch.ones(5)
expected = torch.zeros(3)
torch.manual_seed(2)
w = torch.randn(5, 3, requires_grad=True)
b = torch.randn(3, requires_grad=True)
z = torch.matmul(inp, w) + b
loss = torch.nn.functional.binary_cross_entropy_with_logits(z, expected)
print(loss)
loss.backward()
print(w.grad)
print(b.grad)

section("a polynomial for the sine, four ways")
xs = torch.linspace(-math.pi, math.pi, 200)
ys = torch.sin(xs)
torch.manual_seed(3)
parameters = [torch.randn((), requires_grad=True) for _ in range(4)]
for step in range(300):
    a, b, c, d = parameters
    prediction = a + b * xs + c * xs**2 + d * xs**3
    loss = (prediction - ys).pow(2).sum()
    if step % 100 == 99:
        print(step, f"{loss.item():.3f}")
    loss.backward()
    with torch.no_grad():
        for parameter in parameters:
            parameter -= 1e-6 * parameter.grad
            parameter.grad = None


class Legendre(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 0.5 * (5 * x**3 - 3 * x)

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * 1.5 * (5 * x**2 - 1)


u = torch.tensor([0.5, -0.25], requires_grad=True)
Legendre.apply(u).sum().backward()
print(u.grad)
powers = xs.unsqueeze(-1).pow(torch.tensor([1, 2, 3]))
torch.manual_seed(4)
model = nn.Sequential(nn.Linear(3, 1), nn.Flatten(0, 1))
loss_fn = nn.MSELoss(reduction="sum")
optimizer = optim.RMSprop(model.parameters(), lr=1e-3)
for step in range(300):
    loss = loss_fn(model(powers), ys)
    if step % 100 == 99:
        print(step, f"{loss.item():.2f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
linear = model[0]
print(*linear.weight.shape, f"{linear.bias.item():.3f}")

section("data")


class Rings(Dataset):
    """Points on three rings around the origin, and the number of their ring."""

    def __init__(self, count, generator):
        self.labels = torch.arange(count) % 3
        angles = torch.rand(count, generator=generator) * 2 * math.pi
        radii = self.labels + 0.5 + 0.2 * torch.rand(count, generator=generator)
        self.points = torch.stack([radii * torch.cos(angles), radii * torch.sin(angles)], dim=1)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.points[index], self.labels[index]


rings = Rings(300, torch.Generator().manual_seed(5))
print(len(rings))
point, label = rings[4]
print(point, label)
training, testing = random_split(rings, [240, 60], generator=torch.Generator().manual_seed(6))
print(len(training), len(testing))
train_loader = DataLoader(training, batch_size=40, shuffle=True, generator=torch.Generator().manual_seed(7))
test_loader = DataLoader(testing, batch_size=30)
for X, y in test_loader:
    print(f"Shape of X [N, 2]: {X.shape}")
    print(f"Shape of y: {y.shape} {y.dtype}")
    break
pairs = TensorDataset(torch.arange(4.0), torch.arange(4))
for first, second in DataLoader(pairs, batch_size=3):
    print(first, second)

section("a model")


class Classifier(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.stack = nn.Sequential(nn.Linear(2, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU())
        self.heads = nn.ModuleDict({"ring": nn.Linear(hidden, 3), "size": nn.Linear(hidden, 1)})

    def forward(self, x):
        return self.heads["ring"](self.stack(x))


torch.manual_seed(8)
model = Classifier(16)
print(model)
for name, parameter in model.named_parameters():
    print(f"{name} {parameter.shape} {parameter.requires_grad}")
print(sum(parameter.numel() for parameter in model.parameters()))
logits = model(torch.rand(1, 2))
probabilities = nn.Softmax(dim=1)(logits)
print(probabilities.shape, f"{probabilities.sum().item():.4f}")
print(len(list(model.children())), len(list(model.modules())))


def initialise(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        nn.init.zeros_(module.bias)


torch.manual_seed(9)
model.apply(initialise)
print(model.heads["ring"].bias)

section("layers one by one")
image = torch.rand(3, 4, 4)
flat_image = nn.Flatten()(image)
print(flat_image.size())
layer1 = nn.Linear(in_features=16, out_features=4)
hidden1 = layer1(flat_image)
print(hidden1.size())
print((nn.ReLU()(hidden1) >= 0).all())
norm = nn.BatchNorm1d(4)
norm(hidden1)
print(norm.num_batches_tracked, norm.running_mean.shape)
drop = nn.Dropout(p=0.5)
drop.eval()
print(torch.equal(drop(hidden1), hidden1))
embedding = nn.Embedding(5, 2)
print(embedding(torch.tensor([0, 3])).shape)
print(nn.LayerNorm(4)(hidden1).mean(dim=1).abs().max() < 1e-5)

section("training")
loss_fn = nn.CrossEntropyLoss()
optimizer = optim.Adam(model.parameters(), lr=0.01)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.5)


def train_loop(dataloader, model, loss_fn, optimizer):
    model.train()
    total = 0.0
    for X, y in dataloader:
        loss = loss_fn(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(dataloader)


def test_loop(dataloader, model, loss_fn):
    model.eval()
    size, correct, test_loss = 0, 0, 0.0
    with torch.no_grad():
        for X, y in dataloader:
            pred = model(X)
            test_loss += loss_fn(pred, y).item()
            correct += (pred.argmax(1) == y).type(torch.float).sum().item()
            size += len(X)
    return correct / size, test_loss / len(dataloader)


for epoch in range(8):
    loss = train_loop(train_loader, model, loss_fn, optimizer)
    accuracy, test_loss = test_loop(test_loader, model, loss_fn)
    scheduler.step()
    print(f"epoch {epoch + 1}: {loss:.3f} {test_loss:.3f} {100 * accuracy:.1f}% {scheduler.get_last_lr()[0]}")

section("predictions")
model.eval()
X, y = testing[0]
with torch.no_grad():
    pred = model(X.unsqueeze(0))
    predicted, actual = pred[0].argmax(0).item(), y.item()
    print(f"Predicted: {predicted}, Actual: {actual}")

section("states")
state = model.state_dict()
print(*state.keys())
again = Classifier(16)
result = again.load_state_dict(state)
print(len(result.missing_keys), len(result.unexpected_keys))
with torch.no_grad():
    print(torch.equal(again(X.unsqueeze(0)), pred))
print(*sorted(optimizer.state_dict().keys()), optimizer.param_groups[0]["lr"])

section("fine-tuning one head")
for parameter in model.parameters():
    parameter.requires_grad = False
for parameter in model.heads["ring"].parameters():
    parameter.requires_grad = True
trainable = [p for p in model.parameters() if p.requires_grad]
print(len(trainable))
optimizer = optim.SGD(trainable, lr=0.05, momentum=0.9, weight_decay=1e-4)
before = model.stack[0].weight.clone()
train_loop(train_loader, model, loss_fn, optimizer)
print(torch.equal(before, model.stack[0].weight))
trainable[0].data.clamp_(-1, 1)
print((trainable[0].abs() <= 1).all())
norm = torch.nn.utils.clip_grad_norm_(trainable, 1.0)
print(norm > 0)

section("the polynomial with NumPy")
x_np = np.linspace(-math.pi, math.pi, 200)
y_np = np.sin(x_np)
rng = np.random.default_rng(11)
ka, kb, kc, kd = rng.standard_normal(4)
learning_rate = 1e-6
for t in range(400):
    y_pred = ka + kb * x_np + kc * x_np**2 + kd * x_np**3
    loss = np.square(y_pred - y_np).sum()
    if t % 100 == 99:
        print(t, f"{loss:.4f}")
    grad_y_pred = 2.0 * (y_pred - y_np)
    ka -= learning_rate * grad_y_pred.sum()
    kb -= learning_rate * (grad_y_pred * x_np).sum()
    kc -= learning_rate * (grad_y_pred * x_np**2).sum()
    kd -= learning_rate * (grad_y_pred * x_np**3).sum()
print(f"Result: y = {ka:.4f} + {kb:.4f} x + {kc:.4f} x^2 + {kd:.4f} x^3")

section("the polynomial with tensors")
dtype = torch.float
device = torch.device("cpu")
x_t = torch.linspace(-math.pi, math.pi, 200, device=device, dtype=dtype)
y_t = torch.sin(x_t)
torch.manual_seed(12)
ta, tb, tc, td = (torch.randn((), device=device, dtype=dtype) for _ in range(4))
for t in range(400):
    y_pred = ta + tb * x_t + tc * x_t**2 + td * x_t**3
    loss = (y_pred - y_t).pow(2).sum().item()
    if t % 100 == 99:
        print(t, f"{loss:.1f}")
    grad_y_pred = 2.0 * (y_pred - y_t)
    grads = [(grad_y_pred * x_t**power).sum() for power in range(4)]
    for coefficient, grad in zip((ta, tb, tc, td), grads):
        coefficient -= learning_rate * grad
print(f"Result: y = {ta.item():.2f} + {tb.item():.2f} x + {tc.item():.2f} x^2 + {td.item():.2f} x^3")

section("a function of one's own in a fit")
legendre_a, legendre_d = (torch.full((), value, requires_grad=True) for value in (0.0, 0.0))
legendre_b, legendre_c = torch.full((), -1.0, requires_grad=True), torch.full((), 0.3, requires_grad=True)
coefficients = [legendre_a, legendre_b, legendre_c, legendre_d]
for t in range(400):
    P3 = Legendre.apply
    y_pred = legendre_a + legendre_b * P3(legendre_c + legendre_d * x_t)
    loss = (y_pred - y_t).pow(2).sum()
    if t % 100 == 99:
        print(t, f"{loss.item():.1f}")
    loss.backward()
    with torch.no_grad():
        for coefficient in coefficients:
            coefficient -= 5e-6 * coefficient.grad
            coefficient.grad = None
print(" ".join(f"{coefficient.item():.2f}" for coefficient in coefficients))

section("the polynomial as a module")


class Polynomial3(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Parameter(torch.randn(()))
        self.b = nn.Parameter(torch.randn(()))
        self.c = nn.Parameter(torch.randn(()))
        self.d = nn.Parameter(torch.randn(()))

    def forward(self, x):
        return self.a + self.b * x + self.c * x**2 + self.d * x**3

    def string(self):
        return f"y = {self.a.item():.2f} + {self.b.item():.2f} x + {self.c.item():.2f} x^2 + {self.d.item():.2f} x^3"


torch.manual_seed(13)
polynomial = Polynomial3()
criterion = nn.MSELoss(reduction="sum")
descent = optim.SGD(polynomial.parameters(), lr=1e-6)
for t in range(400):
    y_pred = polynomial(x_t)
    loss = criterion(y_pred, y_t)
    if t % 100 == 99:
        print(t, f"{loss.item():.1f}")
    descent.zero_grad()
    loss.backward()
    descent.step()
print(f"Result: {polynomial.string()}")

section("control flow and shared weights")


class DynamicNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Parameter(torch.randn(()))
        self.b = nn.Parameter(torch.randn(()))
        self.c = nn.Parameter(torch.randn(()))
        self.d = nn.Parameter(torch.randn(()))
        self.e = nn.Parameter(torch.randn(()))

    def forward(self, x):
        y = self.a + self.b * x + self.c * x**2 + self.d * x**3
        for exp in range(4, torch.randint(4, 6, (1,)).item()):
            y = y + self.e * x**exp
        return y


torch.manual_seed(14)
dynamic = DynamicNet()
momentum = optim.SGD(dynamic.parameters(), lr=1e-8, momentum=0.9)
for t in range(300):
    loss = criterion(dynamic(x_t), y_t)
    if t % 100 == 99:
        print(t, f"{loss.item():.1f}")
    momentum.zero_grad()
    loss.backward()
    momentum.step()
print(*[name for name, _ in dynamic.named_parameters()])

section("transforms")


def standardise(sample):
    return (sample - sample.mean()) / sample.std()


def one_hot(label):
    return torch.zeros(3, dtype=torch.float).scatter_(0, label.unsqueeze(0), value=1)


class Prepared(Dataset):
    def __init__(self, source, transform=None, target_transform=None):
        self.source = source
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.source)

    def __getitem__(self, idx):
        sample, label = self.source[idx]
        if self.transform:
            sample = self.transform(sample)
        if self.target_transform:
            label = self.target_transform(label)
        return sample, label


prepared = Prepared(rings, transform=standardise, target_transform=one_hot)
print(len(prepared), *prepared[4])
features, targets = next(iter(DataLoader(prepared, batch_size=6)))
print(f"Feature batch shape: {features.size()}")
print(f"Labels batch shape: {targets.size()}")
print(targets.sum(0), targets.argmax(1))

section("a checkpoint in memory")


def fresh():
    torch.manual_seed(15)
    net = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 3))
    return net, optim.Adam(net.parameters(), lr=0.02)


ordered = DataLoader(training, batch_size=60)
straight_net, straight_trainer = fresh()
straight = [train_loop(ordered, straight_net, loss_fn, straight_trainer) for _ in range(4)]
print(*[f"{loss:.4f}" for loss in straight])
net, trainer = fresh()
for epoch in range(3):
    train_loop(ordered, net, loss_fn, trainer)
checkpoint = {"epoch": 3, "model_state_dict": net.state_dict(), "optimizer_state_dict": trainer.state_dict()}
resumed = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 3))
resumed_trainer = optim.Adam(resumed.parameters(), lr=0.5)
resumed.load_state_dict(checkpoint["model_state_dict"])
resumed_trainer.load_state_dict(checkpoint["optimizer_state_dict"])
print(checkpoint["epoch"], resumed_trainer.param_groups[0]["lr"])
print(train_loop(ordered, resumed, loss_fn, resumed_trainer) == straight[3])
for name, value in resumed.state_dict().items():
    print(name, value.shape, torch.equal(value, straight_net.state_dict()[name]))
