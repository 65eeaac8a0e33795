"""The step of training_bench.cpp as written by a PyTorch user: 12-10-8-6-4-2-1, batch 128, SGD, one network, one thread."""

import statistics
import time

import torch

torch.set_num_threads(1)
widths = [12, 10, 8, 6, 4, 2, 1]
layers = []
for inputs, units in zip(widths, widths[1:]):
    layers.append(torch.nn.Linear(inputs, units))
    if units != 1:
        layers.append(torch.nn.Tanh())
model = torch.nn.Sequential(*layers)
optimizer = torch.optim.SGD(model.parameters(), lr=0.001)
loss = torch.nn.BCEWithLogitsLoss()
numbers = torch.arange(4096)
x = ((numbers[:, None] >> torch.arange(11, -1, -1)) & 1).float()[:128]
y = (x[:, 1:].sum(1) >= 6).float()


def step():
    optimizer.zero_grad()
    loss(model(x).squeeze(1), y).backward()
    optimizer.step()


def us_per_step(steps=2000):
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return (time.perf_counter() - start) / steps * 1e6


us_per_step(500)
print(f"torch {torch.__version__}: {statistics.median(us_per_step() for _ in range(7)):.1f} us per step (median of 7)")
