"""The programs of bench/torch/flambeau.ts in PyTorch on one thread: the median of a step in milliseconds."""
import json
import os
import statistics
import time

import torch
from torch import nn, optim

torch.set_num_threads(1)


def training(model, run, optimizer):
    model.train()

    def step():
        optimizer.zero_grad()
        run().backward()
        optimizer.step()
    return step


def twoLayers():
    model = nn.Sequential(nn.Linear(1000, 100), nn.ReLU(), nn.Linear(100, 10))
    x, y = torch.randn(64, 1000), torch.randn(64, 10)
    loss = nn.MSELoss(reduction='sum')
    return training(model, lambda: loss(model(x), y), optim.Adam(model.parameters(), lr=1e-4))


def cnn():
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 32, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Linear(32 * 49, 10))
    x, y = torch.randn(64, 1, 28, 28), torch.randint(0, 10, [64])
    loss = nn.CrossEntropyLoss()
    return training(model, lambda: loss(model(x), y), optim.Adam(model.parameters(), lr=1e-3))


def lstm():
    model = nn.LSTM(64, 128, num_layers=2, batch_first=True)
    x = torch.randn(32, 50, 64)
    return training(model, lambda: model(x)[0].square().mean(), optim.Adam(model.parameters(), lr=1e-3))


def encoder():
    model = nn.TransformerEncoder(
        nn.TransformerEncoderLayer(128, 4, dim_feedforward=512, dropout=0, batch_first=True), 2, enable_nested_tensor=False)
    x = torch.randn(16, 64, 128)
    return training(model, lambda: model(x).square().mean(), optim.Adam(model.parameters(), lr=1e-3))


def adam():
    parameters = [torch.randn(1000, 1000, requires_grad=True) for _ in range(10)]
    for each in parameters:
        each.grad = torch.randn(1000, 1000)
    return optim.Adam(parameters, lr=1e-3).step


def small():
    x, w, b = torch.randn(8, 8), torch.randn(8, 8, requires_grad=True), torch.randn(8, requires_grad=True)
    return lambda: (x @ w + b).relu().sum().backward()


torch.manual_seed(0)
step = globals()[os.environ['PROGRAM']]()


def timed(count):
    start = time.perf_counter()
    for _ in range(count):
        step()
    return 1000 * (time.perf_counter() - start) / count


count = 1
while timed(count) * count < 20:
    count *= 2
samples = []
start = time.perf_counter()
while time.perf_counter() - start < float(os.environ['SECONDS']) or len(samples) < 5:
    samples.append(timed(count))
print(json.dumps({'milliseconds': statistics.median(samples), 'version': torch.__version__}))
